package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Severity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which events are meant. Every part must fit; a part that is empty fits anything. Immutable.
 *
 * @param services any of these
 * @param types any of these
 * @param minSeverity at least so grave
 * @param conditions what attributes, or words of the event's own, must be like, by name; several
 *     for one name must all hold
 * @param anyOf at least one of these must fit, too; empty for no more
 */
public record EventPattern(
        List<Glob> services,
        List<Glob> types,
        Optional<Severity> minSeverity,
        Map<EventName, List<Condition>> conditions,
        List<EventPattern> anyOf) {
    /** So many patterns may be alternatives to each other. */
    static final int MAX_ANY_OF = 20;

    public EventPattern {
        services = List.copyOf(services);
        types = List.copyOf(types);
        conditions = Map.copyOf(conditions);
        anyOf = List.copyOf(anyOf);
    }

    /** Without alternatives. */
    public EventPattern(
            List<Glob> services,
            List<Glob> types,
            Optional<Severity> minSeverity,
            Map<EventName, List<Condition>> conditions) {
        this(services, types, minSeverity, conditions, List.of());
    }

    /** Whether an event is meant; takes time in proportion to the event's size. */
    public boolean matches(AuditEvent event) {
        if (!fitsType(event.type())
                || !Glob.anyMatches(services, event.service())
                || (minSeverity.isPresent() && event.severity().compareTo(minSeverity.get()) < 0)) {
            return false;
        }
        for (Map.Entry<EventName, List<Condition>> each : conditions.entrySet()) {
            Optional<AttributeValue> value = each.getKey().of(event);
            for (Condition condition : each.getValue()) {
                if (!condition.holds(value)) {
                    return false;
                }
            }
        }
        return anyOf.isEmpty() || fitsOne(event);
    }

    private boolean fitsOne(AuditEvent event) {
        for (EventPattern each : anyOf) {
            if (each.matches(event)) {
                return true;
            }
        }
        return false;
    }

    /** Whether events of a type may be meant. */
    boolean fitsType(String type) {
        return Glob.anyMatches(types, type)
                && (anyOf.isEmpty() || anyOf.stream().anyMatch(each -> each.fitsType(type)));
    }

    /** The types of which one must fit, its own or those of its alternatives; empty for any. */
    List<Glob> allTypes() {
        if (!types.isEmpty() || anyOf.stream().anyMatch(each -> each.types.isEmpty())) {
            return types;
        }
        return anyOf.stream().flatMap(each -> each.types.stream()).toList();
    }

    /** The services of which one must fit, likewise; empty for any. */
    public List<Glob> allServices() {
        if (!services.isEmpty() || anyOf.stream().anyMatch(each -> each.services.isEmpty())) {
            return services;
        }
        return anyOf.stream().flatMap(each -> each.services.stream()).toList();
    }

    /** The one service that fits, if there is only one. */
    public Optional<String> onlyService() {
        return services.size() == 1 ? services.getFirst().literal() : Optional.empty();
    }

    /** The one type that fits, if there is only one. */
    public Optional<String> onlyType() {
        return types.size() == 1 ? types.getFirst().literal() : Optional.empty();
    }

    /**
     * Reads a pattern: {@code service} and {@code type} (a glob or a list), {@code severity} (the
     * least), {@code attributes} (a value, a list of values, or a mapping with {@code in}, {@code
     * exists}, {@code like}, {@code above}, {@code at-least}, {@code below}, {@code at-most}), and
     * {@code any-of}, a list of such patterns without one of their own.
     */
    public static EventPattern read(DefinitionNode node) {
        return read(node, PatternVariables.NONE);
    }

    /**
     * The same, but for what stands in the place of a value.
     *
     * @param variables is told of texts that are wanted of an attribute, and says whether these are
     *     no values; not so in {@code any-of}
     */
    public static EventPattern read(DefinitionNode node, PatternVariables variables) {
        List<EventPattern> anyOf = new ArrayList<>();
        for (DefinitionNode each : node.children("any-of")) {
            anyOf.add(read(each, List.of(), variables.refusedIn(each)));
        }
        if (anyOf.size() > MAX_ANY_OF) {
            node.limit("any-of", "has " + anyOf.size() + " patterns", "at most " + MAX_ANY_OF);
        } else if (node.has("any-of") && anyOf.isEmpty()) {
            node.problem("any-of", "is empty", "a list of patterns");
        }
        return read(node, anyOf, variables);
    }

    private static EventPattern read(
            DefinitionNode node, List<EventPattern> anyOf, PatternVariables variables) {
        List<Glob> services = node.services();
        List<Glob> types = node.globs("type");
        NeverHolds.note(node, "service", services);
        NeverHolds.note(node, "type", types);
        Optional<Severity> severity = node.optionalChoice("severity", Severity.class);
        Map<EventName, List<Condition>> conditions = new LinkedHashMap<>();
        node.optionalChild("attributes").ifPresent(each -> read(each, conditions, variables));
        node.finish();
        EventPattern pattern = new EventPattern(services, types, severity, conditions, anyOf);
        if (node.tree().isObject() && node.names().isEmpty()) {
            node.limit("", "is empty", "a service, type, severity or attributes");
        } else if (pattern.fitsEverything()) {
            node.warning("", "fits every event");
        }
        return pattern;
    }

    private static void read(
            DefinitionNode attributes,
            Map<EventName, List<Condition>> conditions,
            PatternVariables variables) {
        for (String name : attributes.names()) {
            String text = attributes.has(name) ? attributes.tree().path(name).asText("") : "";
            if (!variables.isWanted(name, text)) {
                EventName asked = EventName.of(name);
                List<Condition> wanted = Conditions.read(attributes, name, variables);
                NeverHolds.note(attributes, asked, wanted);
                conditions.put(asked, wanted);
            }
        }
        attributes.finish();
    }

    /** The same where an attribute must be like something else, too. */
    public EventPattern and(EventName name, Condition condition) {
        Map<EventName, List<Condition>> all = new LinkedHashMap<>(conditions);
        all.merge(
                name,
                List.of(condition),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        return new EventPattern(services, types, minSeverity, all, anyOf);
    }

    private boolean fitsEverything() {
        return fitsAny(services)
                && fitsAny(types)
                && minSeverity.map(Severity::ordinal).orElse(0) == 0
                && conditions.isEmpty()
                && (anyOf.isEmpty() || anyOf.stream().anyMatch(EventPattern::fitsEverything));
    }

    private static boolean fitsAny(List<Glob> globs) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.text().matches("\\*+"));
    }
}
