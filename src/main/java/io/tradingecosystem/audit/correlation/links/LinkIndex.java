package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;
import java.util.List;

/** Finds links by the events they connect. Thread-safe. */
public interface LinkIndex {

    /**
     * The links towards an event, the best first: by confidence, then by the shortest delay.
     *
     * @param limit at most so many
     */
    List<Link> causesOf(String eventId, int limit);

    /** The same for many events at once, in their order. */
    default List<List<Link>> causesOf(List<EventRef> events, int limit) {
        return events.stream().map(event -> causesOf(event.id(), limit)).toList();
    }

    /** The same for events that are at hand, which need not be fetched for it. */
    default List<List<Link>> causesOfEvents(List<AuditEvent> events, int limit) {
        return causesOf(EventRef.of(events), limit);
    }

    /**
     * Over which times links may be missing, as far as they touch a time.
     *
     * @param from the earliest occurred_at of an event of interest
     * @param to the latest, inclusive
     */
    default List<Omission> incomplete(Instant from, Instant to) {
        return List.of();
    }

    /**
     * The links from an event, in the order of their effects' occurred_at.
     *
     * @param limit at most so many
     */
    List<Link> effectsOf(String eventId, int limit);

    /** The same for many events at once, in their order. */
    default List<List<Link>> effectsOf(List<EventRef> events, int limit) {
        return events.stream().map(event -> effectsOf(event.id(), limit)).toList();
    }
}
