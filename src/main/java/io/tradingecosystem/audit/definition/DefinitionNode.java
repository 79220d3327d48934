package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.PrintableText;
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
 * names its place; read strictly, so is what nobody asked for, and what is past a limit. Notes of
 * one document collect, so that a reader tells all of them at once; a value with a problem reads as
 * something harmless. For one thread.
 */
public final class DefinitionNode {
    private static final int MAX_TITLE = 100;

    /** What is longer cannot be counted in nanoseconds together with a time. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final EventLogger LOG = EventLogger.of(DefinitionNode.class);
    private static final String LIMITS_OF_GLOBS =
            "at most " + Glob.MAX_LENGTH + " characters, of which " + Glob.MAX_STARS + " are *";

    private final SourceNode node;
    private final String about;
    private final String path;
    private final Notes notes;
    private final Set<String> asked = new LinkedHashSet<>();

    private DefinitionNode(SourceNode node, String about, String path, Notes notes) {
        this.node = node;
        this.about = about;
        this.path = path;
        this.notes = notes;
    }

    /**
     * Parses a new document, YAML or JSON, to be read strictly.
     *
     * @param source its name in problems, such as a file
     * @param problems where problems are noted
     */
    public static DefinitionNode parse(String source, String text, List<String> problems) {
        return parse(new DefinitionText(source, text), new Notes(source, true, problems));
    }

    /**
     * The same of a document of the log, of which nothing is asked but that it can be understood.
     */
    static DefinitionNode recorded(String source, String text, List<String> problems) {
        return parse(new DefinitionText(source, text), new Notes(source, false, problems));
    }

    private static DefinitionNode parse(DefinitionText text, Notes notes) {
        return new DefinitionNode(text.read(notes), "", "", notes);
    }

    /** The same as a definition of a kind: notes are told under its name, parameters are read. */
    DefinitionNode definition(String noun) {
        String name = node.member("name").scalar().text();
        boolean shown =
                !name.isEmpty() && name.length() <= MAX_TITLE && PrintableText.isPrintable(name);
        String title = shown ? noun + " " + name + ": " : "";
        DefinitionNode definition = new DefinitionNode(node, title, path, notes);
        definition.asked.add(Parameters.MEMBER);
        return definition;
    }

    /** The same place with something else in it. */
    DefinitionNode as(SourceNode other) {
        return new DefinitionNode(other, about, path, notes);
    }

    /** The tree as it was read. */
    public JsonNode tree() {
        return node.value();
    }

    /** Where this is written. */
    SourceNode source() {
        return node;
    }

    /** What is to be said about the whole document. */
    Notes notes() {
        return notes;
    }

    /** Notes a problem with a member, or with this as a whole where {@code name} is empty. */
    public void problem(String name, String what, String allowed) {
        notes.problem(place(name), subject(name), what, allowed);
    }

    /** Notes what is understood but past a limit; what the log has stays as it is. */
    public void limit(String name, String what, String allowed) {
        if (notes.isStrict()) {
            problem(name, what, allowed);
        }
    }

    /** Notes what is allowed in a member, but hardly meant. */
    public void warning(String name, String what) {
        notes.warning(place(name), subject(name), what);
    }

    private SourceNode.Place place(String name) {
        SourceNode member = node.member(name);
        return member.isMissing() ? node.place() : member.place();
    }

    private String subject(String name) {
        String place = name.isEmpty() ? path.replaceAll("[.]+$", "") : path + name;
        return about + (place.isEmpty() ? "the definition" : place);
    }

    public boolean has(String name) {
        return !member(name).isMissingNode();
    }

    public boolean isMapping(String name) {
        return member(name).isObject();
    }

    public boolean isText() {
        return node.value().isValueNode();
    }

    /** This itself as text. */
    public String asText() {
        return text("", node);
    }

    /** The members' names, in order. */
    public List<String> names() {
        return List.copyOf(node.members().keySet());
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
        return has(name) ? text(name, node.member(name)) : otherwise;
    }

    /** A text or a list of texts; empty if absent. */
    public List<String> texts(String name) {
        return written(name).stream().map(each -> text(name, each)).toList();
    }

    /**
     * Texts, numbers, or true and false: one or a list of them; empty if absent. What YAML does not
     * read as its own text may be meant as either, and is a problem.
     */
    List<String> values(String name) {
        return written(name).stream().map(each -> value(name, each)).toList();
    }

    /** One of the {@link #values}, which must be there. */
    String value(String name) {
        return value(name, node.member(name));
    }

    private List<SourceNode> written(String name) {
        if (!has(name)) {
            return List.of();
        }
        SourceNode member = node.member(name);
        return member.value().isArray() ? member.elements() : List.of(member);
    }

    private String value(String name, SourceNode written) {
        if (written.value().isValueNode() && !written.scalar().isCertain()) {
            uncertain(name, written);
        }
        return text(name, written, true);
    }

    private String text(String name, SourceNode written) {
        return text(name, written, written.scalar().isOwnText());
    }

    private String text(String name, SourceNode written, boolean certain) {
        if (!written.value().isValueNode()) {
            notes.problem(written.place(), subject(name), "is not a text", "a text");
            return "";
        }
        if (!certain) {
            uncertain(name, written);
        }
        return written.value().asText();
    }

    private void uncertain(String name, SourceNode written) {
        Scalar scalar = written.scalar();
        String what =
                scalar.value().isNull()
                        ? "has no value"
                        : "is %s without quotes, which YAML may read as %s"
                                .formatted(scalar.text(), scalar.reading());
        notes.problem(
                written.place(),
                subject(name),
                what,
                "'" + scalar.text() + "' in quotes, true, false, or a number like 17 or 1.5");
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
        if (!notes.isStrict() && !glob.isUsable()) {
            LOG.warn(
                    "pattern.set_aside",
                    "pattern",
                    notes.source() + ": " + path + name,
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
        if (!number || value.asInt() < min || (notes.isStrict() && value.asInt() > max)) {
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
        return notes.isStrict()
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
        SourceNode written = node.member(name);
        return part(written.isMissing() ? node.absent() : written, name);
    }

    public Optional<DefinitionNode> optionalChild(String name) {
        return has(name) ? Optional.of(child(name)) : Optional.empty();
    }

    /** The elements of a list; a single value counts as a list of one; empty if absent. */
    public List<DefinitionNode> children(String name) {
        if (!has(name)) {
            return List.of();
        }
        SourceNode member = node.member(name);
        if (!member.value().isArray()) {
            return List.of(part(member, name));
        }
        List<DefinitionNode> children = new ArrayList<>();
        for (SourceNode element : member.elements()) {
            children.add(part(element, name + "[" + children.size() + "]"));
        }
        return children;
    }

    private DefinitionNode part(SourceNode part, String name) {
        return new DefinitionNode(part, about, path + name + ".", notes);
    }

    /** Read strictly, notes every member that nobody asked for. */
    public void finish() {
        if (notes.isStrict()) {
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
        return node.member(name).value();
    }
}
