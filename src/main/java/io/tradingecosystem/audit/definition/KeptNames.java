package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.tradingecosystem.audit.event.EventAliases;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes a definition with the names under which events are kept: of services, of attributes and of
 * what is joined. So the log says what is meant, whatever the table of names says later. Immutable.
 */
record KeptNames(EventAliases aliases) {

    /** The same definition in other names; what it says otherwise is not changed. */
    JsonNode in(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> in(object);
            case ArrayNode list -> each(list, this::in);
            default -> tree;
        };
    }

    private ObjectNode in(ObjectNode object) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            written.set(
                    member.getKey(),
                    switch (member.getKey()) {
                        case "service" -> each(value, text -> renamed(text, aliases::service));
                        case "join", "by" -> each(value, this::joined);
                        case "attributes" -> attributes(value);
                        case "let" -> bound(value);
                        default -> in(value);
                    });
        }
        return written;
    }

    private JsonNode joined(JsonNode key) {
        if (!(key instanceof ObjectNode sides)) {
            return renamed(key, this::kept);
        }
        ObjectNode written = sides.deepCopy();
        sides.properties()
                .forEach(side -> written.set(side.getKey(), renamed(side.getValue(), this::kept)));
        return written;
    }

    /** What a variable is bound to, such as {@code trigger.order_id}. */
    private JsonNode bound(JsonNode variables) {
        if (!(variables instanceof ObjectNode named)) {
            return variables;
        }
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        named.properties()
                .forEach(each -> written.set(each.getKey(), renamed(each.getValue(), this::of)));
        return written;
    }

    private String of(String value) {
        int dot = value.indexOf('.') + 1;
        return value.substring(0, dot) + kept(value.substring(dot));
    }

    /** A name that stands beside its own name is another attribute. */
    private JsonNode attributes(JsonNode conditions) {
        if (!(conditions instanceof ObjectNode named)) {
            return conditions;
        }
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> each : named.properties()) {
            String name = kept(each.getKey());
            boolean taken = named.has(name) || written.has(name);
            written.set(taken ? each.getKey() : name, each.getValue());
        }
        return written;
    }

    /**
     * The own name of what a name stands for. A name of something that every event has already may
     * be an attribute beside it, so it stays, and {@code EventName} looks for both.
     */
    private String kept(String name) {
        return aliases.isBesideItsField(name) ? name : aliases.name(name);
    }

    private static JsonNode renamed(JsonNode text, UnaryOperator<String> names) {
        return text.isTextual() ? TextNode.valueOf(names.apply(text.textValue())) : text;
    }

    private static JsonNode each(JsonNode node, UnaryOperator<JsonNode> change) {
        if (!(node instanceof ArrayNode list)) {
            return change.apply(node);
        }
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        list.forEach(each -> written.add(change.apply(each)));
        return written;
    }
}
