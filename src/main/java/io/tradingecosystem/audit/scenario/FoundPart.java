package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of a part as they were found in the store.
 *
 * @param events in the order of time
 * @param leftOut what may be missing among them, and by which bound
 */
record FoundPart(List<JoinedEvent> events, Optional<String> leftOut) implements PartEvents {
    FoundPart {
        events = events.stream().sorted(JoinedEvent.ORDER).toList();
    }

    @Override
    public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
        visit(events, from, to, visitor);
    }

    @Override
    public void descending(long from, long to, Predicate<JoinedEvent> visitor) {
        visit(events.reversed(), from, to, visitor);
    }

    private static void visit(
            List<JoinedEvent> ordered, long from, long to, Predicate<JoinedEvent> visitor) {
        for (JoinedEvent event : ordered) {
            boolean inside = event.at() >= from && event.at() <= to;
            if (inside && !visitor.test(event)) {
                return;
            }
        }
    }

    /** The store does not know who waits for what. */
    @Override
    public boolean isOfAnother(JoinedEvent event, long before) {
        return false;
    }
}
