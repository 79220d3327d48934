package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.Message;

import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tradingecosystem.audit.event.AttributeValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a resource and a scope say of every record beneath them. Immutable.
 *
 * @param service the resource's {@code service.name}, or empty
 * @param instance the resource's {@code service.instance.id}, or empty
 * @param shared attributes that each record gets, in order
 */
record Origin(String service, String instance, List<Shared> shared) {
    private static final String RESOURCE = "otel.resource.";
    private static final String SCOPE = "otel.scope.";

    /**
     * An attribute of all records.
     *
     * @param name under which it is kept
     * @param prefix what goes before the name where a record has one of that name itself
     * @param value the value
     */
    record Shared(String name, String prefix, AttributeValue value) {}

    Origin {
        shared = List.copyOf(shared);
    }

    /**
     * What a resource says.
     *
     * @param around the message that the resource stands in
     */
    static Origin of(Resource resource, String schemaUrl, Message around) {
        String service = "";
        String instance = "";
        List<Shared> shared = new ArrayList<>();
        for (Map.Entry<String, AttributeValue> attribute :
                AnyValues.map(resource.getAttributesList()).entrySet()) {
            AttributeValue value = attribute.getValue();
            boolean scalar = AnyValues.isScalar(value);
            if (scalar && attribute.getKey().equals("service.name")) {
                service = value.asText();
            } else if (scalar && attribute.getKey().equals("service.instance.id")) {
                instance = value.asText();
            } else {
                shared.add(new Shared(attribute.getKey(), "resource.", value));
            }
        }
        text(shared, RESOURCE + "schema_url", schemaUrl);
        dropped(shared, RESOURCE, resource.getDroppedAttributesCount());
        if (resource.getEntityRefsCount() > 0) {
            List<AttributeValue> entities =
                    resource.getEntityRefsList().stream().map(Origin::entity).toList();
            add(shared, RESOURCE + "entity_refs", new AttributeValue.Sequence(entities));
        }
        unknown(shared, RESOURCE, resource);
        unknown(shared, RESOURCE, around);
        return new Origin(service, instance, shared);
    }

    /**
     * What a scope of the resource says beside it.
     *
     * @param around the message that the scope stands in
     */
    Origin within(InstrumentationScope scope, String schemaUrl, Message around) {
        List<Shared> all = new ArrayList<>(shared);
        text(all, SCOPE + "name", scope.getName());
        text(all, SCOPE + "version", scope.getVersion());
        text(all, SCOPE + "schema_url", schemaUrl);
        AnyValues.map(scope.getAttributesList())
                .forEach((name, value) -> add(all, SCOPE + name, value));
        dropped(all, SCOPE, scope.getDroppedAttributesCount());
        unknown(all, SCOPE, scope);
        unknown(all, SCOPE, around);
        return new Origin(service, instance, all);
    }

    private static AttributeValue entity(EntityRef entity) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put("type", new AttributeValue.Text(entity.getType()));
        values.put("schema_url", new AttributeValue.Text(entity.getSchemaUrl()));
        values.put("id_keys", texts(entity.getIdKeysList()));
        values.put("description_keys", texts(entity.getDescriptionKeysList()));
        return new AttributeValue.Mapping(values);
    }

    private static AttributeValue texts(List<String> texts) {
        return new AttributeValue.Sequence(
                texts.stream().<AttributeValue>map(AttributeValue.Text::new).toList());
    }

    private static void text(List<Shared> shared, String name, String value) {
        if (!value.isEmpty()) {
            add(shared, name, new AttributeValue.Text(value));
        }
    }

    private static void dropped(List<Shared> shared, String prefix, int count) {
        if (count != 0) {
            long dropped = Integer.toUnsignedLong(count);
            add(shared, prefix + "dropped_attributes_count", new AttributeValue.Whole(dropped));
        }
    }

    /** Fields of a later version of OTLP, as they came. */
    private static void unknown(List<Shared> shared, String prefix, Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            add(
                    shared,
                    prefix + "unknown_fields",
                    AttributeValue.Bytes.of(message.getUnknownFields().toByteArray()));
        }
    }

    private static void add(List<Shared> shared, String name, AttributeValue value) {
        shared.add(new Shared(name, "otel.", value));
    }
}
