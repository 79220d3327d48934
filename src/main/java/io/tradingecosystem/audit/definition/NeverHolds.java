package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.definition.Condition.Compared;
import io.tradingecosystem.audit.definition.Condition.Exists;
import io.tradingecosystem.audit.definition.Condition.OneOf;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.event.EventName;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of what no event can be like: where it is written it is a mistake, which would be found
 * only by what never comes.
 */
final class NeverHolds {
    private NeverHolds() {}

    /**
     * Notes what is wrong with the conditions of a name, if they never hold.
     *
     * @param attributes where they are written
     */
    static void note(DefinitionNode attributes, EventName name, List<Condition> conditions) {
        if (name.isTime()) {
            attributes.limit(name.written(), "is when an event occurred", "an attribute's name");
        } else if (conditions.stream().anyMatch(NeverHolds::isEmpty)) {
            attributes.limit(name.written(), "has no value", "at least one");
        } else if (!areTogether(conditions)) {
            attributes.limit(name.written(), "excludes itself", "conditions that a value may meet");
        } else {
            values(conditions).stream()
                    .filter(value -> !name.mayBe(value))
                    .forEach(value -> refuse(attributes, name, value));
        }
    }

    /** Notes an empty name, which no event has. */
    static void note(DefinitionNode pattern, String name, List<Glob> globs) {
        if (globs.stream().anyMatch(glob -> glob.text().isEmpty())) {
            pattern.limit(name, "is empty", "a name or a pattern, or nothing at all");
        }
    }

    private static void refuse(DefinitionNode attributes, EventName name, String value) {
        attributes.limit(name.written(), "is " + value + ", which it never is", name.allowed());
    }

    private static boolean isEmpty(Condition condition) {
        return condition instanceof OneOf one && one.values().isEmpty();
    }

    private static Set<String> values(List<Condition> conditions) {
        return first(conditions).map(OneOf::values).orElse(Set.of());
    }

    private static Optional<OneOf> first(List<Condition> conditions) {
        return conditions.stream()
                .filter(OneOf.class::isInstance)
                .map(OneOf.class::cast)
                .findFirst();
    }

    /** Whether there may be a value that meets all, or the lack of one does. */
    private static boolean areTogether(List<Condition> conditions) {
        if (conditions.contains(new Exists(false))) {
            return conditions.size() == 1;
        }
        return first(conditions)
                .map(one -> one.values().stream().anyMatch(value -> meets(value, conditions)))
                .orElseGet(() -> hasRoom(conditions));
    }

    private static boolean meets(String value, List<Condition> conditions) {
        Optional<AttributeValue> text = Optional.of(new AttributeValue.Text(value));
        return conditions.stream().allMatch(condition -> condition.holds(text));
    }

    /** Whether there is a number between those that a value is compared with. */
    private static boolean hasRoom(List<Condition> conditions) {
        List<Compared> compared =
                conditions.stream()
                        .filter(Compared.class::isInstance)
                        .map(Compared.class::cast)
                        .toList();
        return compared.stream()
                .filter(limit -> limit.side().isUpward())
                .allMatch(low -> compared.stream().allMatch(high -> hasRoom(low, high)));
    }

    private static boolean hasRoom(Compared low, Compared high) {
        if (high.side().isUpward()) {
            return true;
        }
        Decimal from = low.number();
        int order = from.compareTo(high.number());
        boolean shared = low.side().has(0) && high.side().has(0);
        return order < 0 || (order == 0 && shared);
    }
}
