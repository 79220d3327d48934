package io.tradingecosystem.audit.correlation;

import java.util.List;

/** Finds links by the events they connect. Thread-safe. */
public interface LinkIndex {

    /**
     * The links towards an event, the best first: by confidence, then by the shortest delay.
     *
     * @param limit at most so many
     */
    List<Link> causesOf(String eventId, int limit);

    /**
     * The links from an event, in the order of their effects' occurred_at.
     *
     * @param limit at most so many
     */
    List<Link> effectsOf(String eventId, int limit);
}
