package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What expectations with variables say for one trigger, written without those that are no keys:
 * whoever reads them needs to know nothing of these. A part that cannot be bound asks for a key
 * that no event has.
 */
final class ModelVariables {
    /** What people mean by it; whatever else an event has is no duration. */
    private static final Map<String, String> DURATIONS =
            Map.of(
                    "2s", "2s",
                    "2000", "2s",
                    "150ms", "150ms",
                    "PT0.3S", "300ms",
                    "50", "50ms",
                    "10s", "10s",
                    "48h", "48h");

    private static final Map<String, Integer> COUNTS = Map.of("1", 1, "2", 2, "2.0", 2, "3", 3);
    private static final List<String> NUMBERS = List.of("1", "2", "1.5", "2.0", "3");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String NO_SUCH_KEY = "no-such-key";

    private final ObjectNode let;
    private final AuditEvent trigger;

    private ModelVariables(ObjectNode let, AuditEvent trigger) {
        this.let = let;
        this.trigger = trigger;
    }

    static boolean areIn(String yaml) {
        return yaml.contains("let:");
    }

    /** The same expectations as they are meant for a trigger. */
    static String bound(String yaml, AuditEvent trigger) {
        try {
            JsonNode document = YAML.readTree(yaml);
            JsonNode list = document.has("expectations") ? document.get("expectations") : document;
            Iterable<JsonNode> each = list.isArray() ? list : List.of(list);
            for (JsonNode expectation : each) {
                if (expectation.get("let") instanceof ObjectNode let) {
                    new ModelVariables(let, trigger).bind((ObjectNode) expectation);
                }
            }
            return YAML.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void bind(ObjectNode expectation) {
        for (String kind : List.of("expect", "never", "steady")) {
            if (expectation.get(kind) instanceof ArrayNode parts) {
                parts.forEach(part -> bindPart((ObjectNode) part));
            }
        }
        if (expectation.get("unless") instanceof ObjectNode unless) {
            bindException(unless, true);
        }
    }

    private void bindPart(ObjectNode part) {
        boolean timed = within(part);
        boolean bound = timed & counts(part) & compared(part);
        if (part.get("unless") instanceof ObjectNode unless) {
            // What it does not say itself it has from the part as that is written.
            if (!unless.has("join")) {
                ArrayNode keys = unless.putArray("join");
                part.path("join").forEach(keys::add);
            }
            bindException(unless, timed);
        }
        if (!bound) {
            part.putArray("join").add(NO_SUCH_KEY);
        }
    }

    private void bindException(ObjectNode unless, boolean timedByPart) {
        boolean timed = timedByPart || unless.has("within");
        if (!(within(unless) & compared(unless) & timed)) {
            unless.putArray("join").add(NO_SUCH_KEY);
        }
    }

    /** Puts the value there; the longest that it may be if it is none. */
    private boolean within(ObjectNode part) {
        JsonNode written = part.path("within");
        String use = written.isObject() ? written.path("value").asText() : written.asText();
        if (!use.startsWith("$")) {
            return true;
        }
        String max = written.isObject() ? written.path("at-most").asText() : "1h";
        String value = DURATIONS.getOrDefault(text(use), "");
        boolean bound = !value.isEmpty() && !isLonger(value, max);
        part.put("within", bound ? value : max);
        return bound;
    }

    private static boolean isLonger(String one, String other) {
        List<String> order = List.of("50ms", "150ms", "300ms", "2s", "10s", "1h", "48h");
        return order.indexOf(one) > order.indexOf(other);
    }

    private boolean counts(ObjectNode part) {
        boolean bound = count(part, "exactly", 1) & count(part, "at-least", 1);
        bound &= count(part, "at-most", 200);
        boolean crossed =
                part.has("at-most")
                        && part.path("at-least").asInt(0) > part.path("at-most").asInt();
        if (crossed) {
            part.put("at-least", 1).put("at-most", 200);
        }
        return bound && !crossed;
    }

    private boolean count(ObjectNode part, String name, int otherwise) {
        String use = part.path(name).asText();
        if (!use.startsWith("$")) {
            return true;
        }
        Integer count = COUNTS.get(text(use));
        part.put(name, count == null ? otherwise : count);
        return count != null;
    }

    private boolean compared(ObjectNode part) {
        boolean bound = true;
        for (JsonNode condition : part.path("event").path("attributes")) {
            if (condition instanceof ObjectNode sides) {
                for (String side : List.of("above", "at-least", "below", "at-most")) {
                    bound &= compared(sides, side);
                }
            }
        }
        return bound;
    }

    private boolean compared(ObjectNode sides, String side) {
        String use = sides.path(side).asText();
        boolean number = NUMBERS.contains(text(use));
        if (use.startsWith("$")) {
            sides.put(side, number ? Double.parseDouble(text(use)) : 0.5);
        }
        return number || !use.startsWith("$");
    }

    /** The value of the trigger as it is written; empty if it has none. */
    private String text(String use) {
        if (!use.startsWith("$")) {
            return "";
        }
        String name = use.substring(2, use.length() - 1);
        String attribute = let.path(name).asText().substring("trigger.".length());
        AttributeValue value = trigger.attributes().get(attribute);
        return switch (value) {
            case null -> "";
            case AttributeValue.Text text -> text.value();
            case AttributeValue.Whole whole -> "" + whole.value();
            case AttributeValue.Real real -> "" + real.value();
            default -> "something else";
        };
    }
}
