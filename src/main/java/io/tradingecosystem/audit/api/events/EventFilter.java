package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.List;

/**
 * Which events a caller wants: all conditions must hold. The first key selects by its index, the
 * others are looked at event by event.
 *
 * @param keys what the events share, that of the fewest events first
 * @param from the earliest occurred_at, inclusive
 * @param to the latest occurred_at, exclusive
 */
public record EventFilter(List<Selection.Key> keys, Instant from, Instant to) {

    public EventFilter {
        keys = List.copyOf(keys);
    }

    static EventFilter of(SelectionParameters wanted) {
        return new EventFilter(wanted.keys(), wanted.time().from(), wanted.time().to());
    }

    /** What the index is asked for. */
    Selection selection() {
        return new Selection(keys.isEmpty() ? new Selection.Key.All() : keys.getFirst(), from, to);
    }

    /** Whether the index alone decides. */
    boolean isSelection() {
        return keys.size() <= 1;
    }

    /** Whether an event meets all conditions. */
    boolean matches(AuditEvent event) {
        return !event.occurredAt().isBefore(from)
                && event.occurredAt().isBefore(to)
                && keys.stream().allMatch(key -> key.isOf(event));
    }
}
