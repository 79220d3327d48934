package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which events a caller wants: all conditions must hold. The first key selects by its index, the
 * others and all that has no index are looked at event by event.
 *
 * @param keys what the events share, that of the fewest events first
 * @param from the earliest occurred_at, inclusive
 * @param to the latest occurred_at, exclusive
 * @param conditions what else they are like
 */
public record EventFilter(
        List<Selection.Key> keys, Instant from, Instant to, List<EventCondition> conditions) {

    public EventFilter {
        keys = List.copyOf(keys);
        conditions = List.copyOf(conditions);
    }

    /** One of nothing but what has an index. */
    public EventFilter(List<Selection.Key> keys, Instant from, Instant to) {
        this(keys, from, to, List.of());
    }

    static EventFilter of(SelectionParameters wanted, EventConditions more) {
        List<Selection.Key> keys =
                Stream.concat(wanted.keys().stream(), more.keys().stream())
                        .distinct()
                        .sorted(Comparator.comparing(Selection.Key::spread))
                        .toList();
        return new EventFilter(keys, wanted.time().from(), wanted.time().to(), more.others());
    }

    /** What the index is asked for. */
    Selection selection() {
        return new Selection(keys.isEmpty() ? new Selection.Key.All() : keys.getFirst(), from, to);
    }

    /** Whether the index alone decides. */
    boolean isSelection() {
        return keys.size() <= 1 && conditions.isEmpty();
    }

    /** Whether an event meets all conditions. */
    boolean matches(AuditEvent event) {
        return !event.occurredAt().isBefore(from)
                && event.occurredAt().isBefore(to)
                && keys.stream().allMatch(key -> key.isOf(event))
                && conditions.stream().allMatch(condition -> condition.isOf(event));
    }
}
