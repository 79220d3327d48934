package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Severity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events are meant. Every part must fit; a part that is empty fits anything. Immutable.
 *
 * @param services any of these
 * @param types any of these
 * @param minSeverity at least so grave
 * @param conditions what attributes, or words of the event's own, must be like, by name; several
 *     for one name must all hold
 */
public record EventPattern(
        List<Glob> services,
        List<Glob> types,
        Optional<Severity> minSeverity,
        Map<EventName, List<Condition>> conditions) {

    public EventPattern {
        services = List.copyOf(services);
        types = List.copyOf(types);
        conditions = Map.copyOf(conditions);
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
        return true;
    }

    /** Whether events of a type may be meant. */
    boolean fitsType(String type) {
        return Glob.anyMatches(types, type);
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
     * exists}, {@code like}, {@code above}, {@code at-least}, {@code below}, {@code at-most}).
     */
    public static EventPattern read(DefinitionNode node) {
        List<Glob> services = node.services();
        List<Glob> types = node.globs("type");
        NeverHolds.note(node, "service", services);
        NeverHolds.note(node, "type", types);
        Optional<Severity> severity = node.optionalChoice("severity", Severity.class);
        Map<EventName, List<Condition>> conditions = new LinkedHashMap<>();
        node.optionalChild("attributes")
                .ifPresent(
                        attributes -> {
                            for (String name : attributes.names()) {
                                EventName asked = EventName.of(name);
                                List<Condition> wanted = Conditions.read(attributes, name);
                                NeverHolds.note(attributes, asked, wanted);
                                conditions.put(asked, wanted);
                            }
                            attributes.finish();
                        });
        node.finish();
        EventPattern pattern = new EventPattern(services, types, severity, conditions);
        if (node.tree().isObject() && node.names().isEmpty()) {
            node.limit("", "is empty", "a service, type, severity or attributes");
        } else if (pattern.fitsEverything()) {
            node.warning("", "fits every event");
        }
        return pattern;
    }

    private boolean fitsEverything() {
        return fitsAny(services)
                && fitsAny(types)
                && minSeverity.map(Severity::ordinal).orElse(0) == 0
                && conditions.isEmpty();
    }

    private static boolean fitsAny(List<Glob> globs) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.text().matches("\\*+"));
    }
}
