package io.tradingecosystem.audit.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.common.Timestamps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The fields of a record, whatever its writer calls them. Names are compared without case,
 * underscores and dashes: {@code ServiceName}, {@code service_name} and {@code serviceName} are
 * one. A value that is null, empty or {@code None} is absent.
 */
final class RecordFields {
    /** Takes what common's refuses, such as a key that stands twice: others write the records. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> fields;

    private RecordFields(Map<String, String> fields) {
        this.fields = fields;
    }

    static RecordFields of(RawValue value) {
        return switch (value) {
            case RawValue.Hash hash -> new RecordFields(normalised(hash.fields()));
            case RawValue.Text text -> new RecordFields(normalised(object(text.json())));
        };
    }

    boolean has(Names names) {
        return text(names).isPresent();
    }

    /** The first of these fields that is there. */
    Optional<String> text(Names names) {
        for (String name : names.normalised()) {
            String value = fields.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /**
     * A port, written {@code 50051}, {@code "50051"} or {@code "50051.0"}; 0 is none.
     *
     * @throws UnreadableRecordException if there is something else
     */
    OptionalInt port(Names names) {
        Optional<String> text = text(names);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        double port = number(text.get());
        if (port == 0) {
            return OptionalInt.empty();
        }
        if (!(port >= 1 && port <= 65_535) || port != Math.rint(port)) {
            throw new UnreadableRecordException(
                    names.normalised().getFirst()
                            + " is \""
                            + shortened(text.get())
                            + "\", which is no port");
        }
        return OptionalInt.of((int) port);
    }

    /** A moment; one that cannot be understood is absent. */
    Optional<Instant> time(Names names) {
        return text(names).flatMap(Timestamps::parse);
    }

    /**
     * A JSON object, as such or as text; its values as texts. One that is not readable is empty.
     */
    Map<String, String> object(Names names) {
        return text(names)
                .map(
                        json -> {
                            try {
                                return object(json);
                            } catch (UnreadableRecordException e) {
                                return Map.<String, String>of();
                            }
                        })
                .orElse(Map.of());
    }

    private static Map<String, String> object(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (!tree.isObject()) {
                throw new UnreadableRecordException("it is no JSON object");
            }
            Map<String, String> values = new HashMap<>();
            tree.properties().forEach(field -> values.put(field.getKey(), text(field.getValue())));
            return values;
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException("it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode node) {
        if (node.isNull()) {
            return "";
        }
        if (node.isArray() && node.valueStream().allMatch(JsonNode::isValueNode)) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            return String.join(",", items);
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    private static Map<String, String> normalised(Map<String, String> fields) {
        Map<String, String> normalised = new HashMap<>();
        fields.forEach(
                (name, value) -> {
                    String text = value.strip();
                    if (!text.isEmpty() && !text.equals("None") && !text.equals("null")) {
                        normalised.putIfAbsent(normalised(name), text);
                    }
                });
        return normalised;
    }

    private static String normalised(String name) {
        StringBuilder normalised = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-') {
                normalised.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return name.contentEquals(normalised) ? name : normalised.toString();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /**
     * The names that writers use for one field, the best first.
     *
     * @param normalised without case, underscores and dashes
     */
    record Names(List<String> normalised) {
        static Names of(String... names) {
            return new Names(Stream.of(names).map(RecordFields::normalised).toList());
        }
    }
}
