package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.tradingecosystem.audit.common.Durations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of a YAML or JSON definition, read strictly: what is missing, of the wrong kind, or not
 * asked for is a problem that names its place. Problems of one document collect in one list, so
 * that a reader tells all of them at once; a value with a problem reads as something harmless. For
 * one thread.
 */
public final class DefinitionNode {
    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private DefinitionNode(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /**
     * Parses a document, YAML or JSON.
     *
     * @param source its name in problems, such as a file
     * @param problems where problems are noted
     */
    public static DefinitionNode parse(String source, String text, List<String> problems) {
        JsonNode tree = MissingNode.getInstance();
        try {
            tree = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : ":" + place.getLineNr();
            problems.add(source + where + ": not valid YAML: " + e.getOriginalMessage());
        }
        return new DefinitionNode(tree, source + ": ", problems);
    }

    /** The tree as it was read. */
    public JsonNode tree() {
        return node;
    }

    /** Notes a problem with a member, or with this as a whole where {@code name} is empty. */
    public void problem(String name, String what, String allowed) {
        String place = name.isEmpty() ? path.replaceAll("[.: ]+$", "") : path + name;
        problems.add(place + " " + what + "; allowed is " + allowed);
    }

    public boolean has(String name) {
        return !member(name).isMissingNode();
    }

    public boolean isMapping(String name) {
        return member(name).isObject();
    }

    public boolean isText() {
        return node.isValueNode();
    }

    /** This itself as text. */
    public String asText() {
        return node.asText();
    }

    /** The members' names, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A text that must be there. */
    public String text(String name) {
        if (!has(name)) {
            problem(name, "is missing", "a text");
            return "";
        }
        return text(name, "");
    }

    public String text(String name, String otherwise) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isValueNode() || value.isNull()) {
            problem(name, "is not a text", "a text");
            return otherwise;
        }
        return value.asText();
    }

    /** A text or a list of texts; empty if absent. */
    public List<String> texts(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (each.isValueNode() && !each.isNull()) {
                texts.add(each.asText());
            } else {
                problem(name, "holds something that is not a text", "a text or a list of texts");
            }
        }
        return texts;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = member(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            problem(name, "is " + value, "true or false");
        }
        return value.asBoolean(otherwise);
    }

    /** A number that must be there. */
    public double number(String name) {
        JsonNode value = member(name);
        if (!value.isNumber()) {
            problem(name, value.isMissingNode() ? "is missing" : "is " + value, "a number");
        }
        return value.asDouble();
    }

    public double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** A whole number in a range. */
    public int whole(String name, int otherwise, int min, int max) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || value.asLong() < min || value.asLong() > max) {
            problem(name, "is " + value, "a whole number from " + min + " to " + max);
            return otherwise;
        }
        return value.asInt();
    }

    /** A duration that must be there: {@code 15s}, {@code 1m30s}, {@code 250ms}. */
    public Duration duration(String name, Duration min, Duration max) {
        JsonNode value = member(name);
        Optional<Duration> duration =
                value.isMissingNode() ? Optional.empty() : Durations.parse(value.asText());
        if (duration.isEmpty()
                || duration.get().compareTo(min) < 0
                || duration.get().compareTo(max) > 0) {
            problem(
                    name,
                    value.isMissingNode() ? "is missing" : "is " + value,
                    "a duration like 15s or 5m, from "
                            + Durations.format(min)
                            + " to "
                            + Durations.format(max));
            return min;
        }
        return duration.get();
    }

    /** One of an enum's constants, in any case, dashes for underscores. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
        if (!has(name)) {
            return Optional.empty();
        }
        String wanted = text(name).replace('-', '_').toUpperCase(Locale.ROOT);
        Optional<E> choice =
                Arrays.stream(type.getEnumConstants())
                        .filter(e -> e.name().equals(wanted))
                        .findFirst();
        if (choice.isEmpty()) {
            problem(
                    name,
                    "is " + member(name),
                    "one of " + Arrays.toString(type.getEnumConstants()));
        }
        return choice;
    }

    /** A mapping that must be there. */
    public DefinitionNode child(String name) {
        JsonNode value = member(name);
        if (!value.isObject()) {
            problem(name, value.isMissingNode() ? "is missing" : "is not a mapping", "a mapping");
        }
        return new DefinitionNode(value, path + name + ".", problems);
    }

    public Optional<DefinitionNode> optionalChild(String name) {
        return has(name) ? Optional.of(child(name)) : Optional.empty();
    }

    /** The elements of a list; a single value counts as a list of one; empty if absent. */
    public List<DefinitionNode> children(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(new DefinitionNode(value, path + name + ".", problems));
        }
        List<DefinitionNode> children = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String place = path + name + "[" + i + "].";
            children.add(new DefinitionNode(value.get(i), place, problems));
        }
        return children;
    }

    /** Notes every member that nobody asked for. */
    public void finish() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                problem(name, "is not known", "one of " + String.join(", ", asked));
            }
        }
    }

    private JsonNode member(String name) {
        asked.add(name);
        return node.path(name);
    }
}
