package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of a YAML or JSON definition. What is missing or of the wrong kind is a problem that
 * names its place; read strictly, so is what nobody asked for, and what is past a limit. Problems
 * of one document collect in one list, so that a reader tells all of them at once; a value with a
 * problem reads as something harmless. For one thread.
 */
public final class DefinitionNode {
    /** What is longer cannot be counted in nanoseconds together with a time. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final EventLogger LOG = EventLogger.of(DefinitionNode.class);
    private static final String LIMITS_OF_GLOBS =
            "at most " + Glob.MAX_LENGTH + " characters, of which " + Glob.MAX_STARS + " are *";

    private final JsonNode node;
    private final String path;
    private final boolean strict;
    private final List<String> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private DefinitionNode(JsonNode node, String path, boolean strict, List<String> problems) {
        this.node = node;
        this.path = path;
        this.strict = strict;
        this.problems = problems;
    }

    /**
     * Parses a new document, YAML or JSON, to be read strictly.
     *
     * @param source its name in problems, such as a file
     * @param problems where problems are noted
     */
    public static DefinitionNode parse(String source, String text, List<String> problems) {
        return parse(source, text, true, problems);
    }

    /**
     * The same of a document of the log, of which nothing is asked but that it can be understood.
     */
    static DefinitionNode recorded(String source, String text, List<String> problems) {
        return parse(source, text, false, problems);
    }

    private static DefinitionNode parse(
            String source, String text, boolean strict, List<String> problems) {
        JsonNode tree = new DefinitionText(source, text).tree(problems);
        return new DefinitionNode(tree, source + ": ", strict, problems);
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

    /** Notes what is understood but past a limit; what the log has stays as it is. */
    public void limit(String name, String what, String allowed) {
        if (strict) {
            problem(name, what, allowed);
        }
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

    /** Patterns: a text or a list of texts; empty if absent. */
    List<Glob> globs(String name) {
        return texts(name).stream().map(text -> glob(name, text)).toList();
    }

    /** The same of services, each by the name under which its events are kept. */
    List<Glob> services() {
        return texts("service").stream()
                .map(text -> glob("service", EventAliases.DEFAULT.service(text)))
                .toList();
    }

    /** A pattern that must be there. */
    Glob glob(String name) {
        return glob(name, text(name));
    }

    /** What the log has is read whatever its length; where nothing can fit, a line says so. */
    private Glob glob(String name, String text) {
        Glob glob = new Glob(text);
        if (!Glob.isWithinLimits(text)) {
            limit(name, "is a pattern of " + text.length() + " characters", LIMITS_OF_GLOBS);
        }
        if (!strict && !glob.isUsable()) {
            LOG.warn(
                    "pattern.set_aside",
                    "pattern",
                    path + name,
                    "length",
                    text.length(),
                    "reason",
                    "it has a ? between stars and is longer than "
                            + Glob.MAX_LENGTH
                            + ", so no event fits it; put a shorter one in force");
        }
        return glob;
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

    /** A number that must be there, exactly as it was read. */
    Decimal decimal(String name) {
        String read = "" + number(name);
        JsonNode value = member(name);
        Optional<Decimal> decimal = Decimal.parse(value.isIntegralNumber() ? value.asText() : read);
        if (decimal.isEmpty()) {
            problem(name, "is " + value, "a number that 64 bits of floating point hold");
        }
        return decimal.orElseGet(() -> Decimal.of(0));
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
        boolean number = value.isIntegralNumber() && value.canConvertToInt();
        if (!number || value.asInt() < min || (strict && value.asInt() > max)) {
            problem(name, "is " + value, "a whole number from " + min + " to " + max);
            return otherwise;
        }
        return value.asInt();
    }

    /** A duration that must be there: {@code 15s}, {@code 1m30s}, {@code 250ms}. */
    public Duration duration(String name, Duration min, Duration max) {
        JsonNode value = member(name);
        Optional<Duration> duration =
                Durations.parse(value.asText()).filter(each -> isWithin(each, min, max));
        if (duration.isEmpty()) {
            problem(
                    name,
                    value.isMissingNode() ? "is missing" : "is " + value,
                    "a duration like 15s or 5m, from "
                            + Durations.format(min)
                            + " to "
                            + Durations.format(max));
        }
        return duration.orElse(min);
    }

    private boolean isWithin(Duration duration, Duration min, Duration max) {
        return strict
                ? duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0
                : !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
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
        return new DefinitionNode(value, path + name + ".", strict, problems);
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
            return List.of(new DefinitionNode(value, path + name + ".", strict, problems));
        }
        List<DefinitionNode> children = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String place = path + name + "[" + i + "].";
            children.add(new DefinitionNode(value.get(i), place, strict, problems));
        }
        return children;
    }

    /** Read strictly, notes every member that nobody asked for. */
    public void finish() {
        if (strict) {
            finishKnown();
        }
    }

    /** Notes every member that nobody asked for, however it is read: it decides what this means. */
    void finishKnown() {
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
