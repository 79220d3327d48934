package io.tradingecosystem.audit.api;

import java.time.Duration;
import java.util.List;

/**
 * Something that grows and is followed by place: the log by position, verdicts by their sequence.
 * Thread-safe.
 */
public interface Live<T> {

    /**
     * What stands behind a place, in order.
     *
     * @param limit look at no more than so many
     */
    Batch<T> after(long place, int limit);

    /** Waits until there is something behind a place, or the time is over. */
    void await(long place, Duration timeout) throws InterruptedException;

    /** The last place that there is. */
    long last();

    /**
     * A part of it.
     *
     * @param items what is of interest
     * @param upTo the place up to which it was looked through; where to go on
     */
    record Batch<T>(List<Item<T>> items, long upTo) {}

    /** Something at its place. */
    record Item<T>(long place, T value) {}
}
