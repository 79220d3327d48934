package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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

    /** How expectations without variables are judged for a trigger. */
    interface Judging extends Function<String, List<ModelVerdict>> {}

    private final ObjectNode let;
    private final Function<String, AttributeValue> values;
    private final boolean late;

    /**
     * Binds the variables of one expectation.
     *
     * @param values gives the value of what a variable is bound to, or null
     * @param late whether those of effects are known
     */
    private ModelVariables(ObjectNode let, Function<String, AttributeValue> values, boolean late) {
        this.let = let;
        this.values = values;
        this.late = late;
    }

    static boolean areIn(String yaml) {
        return yaml.contains("let:");
    }

    /** The same expectations as they are meant for a trigger. */
    static String bound(String yaml, AuditEvent trigger, Judging judging) {
        try {
            JsonNode document = YAML.readTree(yaml);
            JsonNode list = document.has("expectations") ? document.get("expectations") : document;
            Iterable<JsonNode> each = list.isArray() ? list : List.of(list);
            for (JsonNode expectation : each) {
                bind(document, (ObjectNode) expectation, trigger, judging);
            }
            return YAML.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bind(
            JsonNode document, ObjectNode expectation, AuditEvent trigger, Judging judging)
            throws IOException {
        if (!(expectation.get("let") instanceof ObjectNode let)) {
            return;
        }
        Function<String, AttributeValue> values =
                path -> trigger.attributes().get(path.replace("trigger.", ""));
        List<JsonNode> written = new ArrayList<>();
        expectation.path("expect").forEach(part -> written.add(part.deepCopy()));
        new ModelVariables(let, values, false).bind(expectation);
        for (int i = 0; i < written.size(); i++) {
            if (isLate(written.get(i), let)) {
                String text = YAML.writeValueAsString(document);
                ModelVerdict verdict =
                        judging.apply(text).stream()
                                .filter(each -> isOf(each, expectation, trigger))
                                .findFirst()
                                .orElseThrow();
                ObjectNode part = written.get(i).deepCopy();
                bindLate(part, let, verdict, trigger);
                ((ArrayNode) expectation.get("expect")).set(i, part);
            }
        }
    }

    private static boolean isOf(ModelVerdict verdict, ObjectNode expectation, AuditEvent trigger) {
        return verdict.expectation().equals(expectation.path("name").asText())
                && verdict.trigger().equals(trigger.id());
    }

    private static boolean isLate(JsonNode part, ObjectNode let) {
        return !effects(part, let).isEmpty();
    }

    /** The effects of which a part takes something. */
    private static Set<String> effects(JsonNode part, ObjectNode let) {
        Set<String> effects = new TreeSet<>();
        String text = part.toString();
        for (Map.Entry<String, JsonNode> each : let.properties()) {
            String of = each.getValue().asText();
            if (text.contains("${" + each.getKey() + "}") && !of.startsWith("trigger.")) {
                effects.add(of.substring(0, of.indexOf('.')));
            }
        }
        return effects;
    }

    /** An effect by what met those of which it takes something. */
    private static void bindLate(
            ObjectNode part, ObjectNode let, ModelVerdict verdict, AuditEvent trigger) {
        Set<String> effects = effects(part, let);
        boolean came =
                effects.stream()
                        .allMatch(each -> verdict.parts().get(each).fulfilledBy().isPresent());
        Map<String, AttributeValue> known = new HashMap<>();
        boolean sure = true;
        for (Map.Entry<String, JsonNode> each : let.properties()) {
            String of = each.getValue().asText();
            String effect = of.substring(0, of.indexOf('.'));
            String attribute = of.substring(of.indexOf('.') + 1);
            if (effect.equals("trigger")) {
                known.put(of, trigger.attributes().get(attribute));
            } else if (effects.contains(effect) && part.toString().contains("${" + each.getKey())) {
                ModelVerdict.Found found = verdict.parts().get(effect);
                sure &= found.state() == State.MET && !found.lost();
                Set<Object> values = new HashSet<>();
                found.mayMeet()
                        .forEach(event -> values.add(text(event.attributes().get(attribute))));
                sure &= values.size() == 1;
                known.put(
                        of,
                        found.mayMeet().isEmpty()
                                ? null
                                : found.mayMeet().getFirst().attributes().get(attribute));
            }
        }
        new ModelVariables(let, known::get, came).bindPart(part);
        if (came && !sure) {
            part.putArray("join").add(NO_SUCH_KEY);
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
        return bound || isUnknownYet(use);
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
        return count != null || isUnknownYet(use);
    }

    private boolean compared(ObjectNode part) {
        boolean bound = true;
        for (Map.Entry<String, JsonNode> each :
                part.path("event").path("attributes").properties()) {
            JsonNode condition = each.getValue();
            String use = condition.asText();
            if (use.startsWith("$") && !path(use).startsWith("trigger.")) {
                String text = text(use);
                bound &= !text.isEmpty() || isUnknownYet(use);
                each.setValue(YAML.getNodeFactory().textNode(text.isEmpty() ? "none" : text));
            }
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
        return number || !use.startsWith("$") || isUnknownYet(use);
    }

    /** Whether a text is a variable that is not known yet, which is no problem. */
    private boolean isUnknownYet(String use) {
        return use.startsWith("$") && !late && !path(use).startsWith("trigger.");
    }

    private String path(String use) {
        return let.path(use.substring(2, use.length() - 1)).asText();
    }

    /** The value of a variable as it is written; empty if there is none. */
    private String text(String use) {
        return use.startsWith("$") ? text(values.apply(path(use))) : "";
    }

    private static String text(AttributeValue value) {
        return switch (value) {
            case null -> "";
            case AttributeValue.Text text -> text.value();
            case AttributeValue.Whole whole -> "" + whole.value();
            case AttributeValue.Real real -> "" + real.value();
            default -> "something else";
        };
    }
}
