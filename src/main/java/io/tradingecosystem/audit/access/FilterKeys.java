package io.tradingecosystem.audit.access;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.ServerRequest;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * By what requests ask: parameters and fields of known names only, so that neither a body nor a
 * secret gets among them. Immutable.
 */
final class FilterKeys {
    /** The message, and the map, in which the keys of events stand. */
    private static final String FILTER = "filter";

    private static final String BUSINESS_KEYS = "business_keys";

    private final Set<String> names;

    FilterKeys(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** Those in the path and the query of a request. */
    Map<String, String> of(ServerRequest request) {
        Map<String, String> found = new TreeMap<>();
        add(request.path().pathParameters(), found);
        add(request.query(), found);
        return found;
    }

    private void add(Parameters parameters, Map<String, String> found) {
        for (String name : parameters.names()) {
            if (names.contains(name)) {
                parameters.first(name).ifPresent(value -> found.put(name, value));
            }
        }
    }

    /** Those in a message. */
    Map<String, String> of(Object message) {
        Map<String, String> found = new TreeMap<>();
        if (message instanceof Message known) {
            add(known, found);
        }
        return found;
    }

    private void add(Message message, Map<String, String> found) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            String name = field.getKey().getName();
            if (name.equals(FILTER) && field.getValue() instanceof Message filter) {
                add(filter, found);
            } else if (name.equals(BUSINESS_KEYS) && field.getKey().isMapField()) {
                addEntries((Collection<?>) field.getValue(), found);
            } else if (names.contains(name)) {
                found.put(name, text(field.getValue()));
            }
        }
    }

    private void addEntries(Collection<?> entries, Map<String, String> found) {
        for (Object each : entries) {
            Message entry = (Message) each;
            String name = text(entry, "key");
            if (names.contains(name)) {
                found.put(name, text(entry, "value"));
            }
        }
    }

    private static String text(Message entry, String field) {
        return text(entry.getField(entry.getDescriptorForType().findFieldByName(field)));
    }

    private static String text(Object value) {
        return value instanceof EnumValueDescriptor constant
                ? constant.getName()
                : String.valueOf(value);
    }
}
