package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.List;

/** Finds links by the events they connect. Thread-safe. */
public interface LinkIndex {

    /**
     * The links towards an event, the best first: by confidence, then by the shortest delay.
     *
     * @param limit at most so many
     */
    List<Link> causesOf(String eventId, int limit);

    /** The same for an event of the log that is at hand, which may save looking it up. */
    default List<Link> causesOf(AuditEvent event, int limit) {
        return causesOf(event.id(), limit);
    }

    /** The same for many events of the log at once, in their order. */
    default List<List<Link>> causesOf(List<AuditEvent> events, int limit) {
        return events.stream().map(event -> causesOf(event, limit)).toList();
    }

    /**
     * The links from an event, in the order of their effects' occurred_at.
     *
     * @param limit at most so many
     */
    List<Link> effectsOf(String eventId, int limit);
}
