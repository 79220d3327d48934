package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.store.LogDamagedException;

import java.time.Duration;
import java.util.ArrayList;
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
     * @throws LogDamagedException if something behind it cannot be read
     */
    Batch<T> after(long place, int limit);

    /** Waits until there is something behind a place, or the time is over. */
    void await(long place, Duration timeout) throws InterruptedException;

    /** The id of the log that it grows from. */
    String log();

    /** The last place that there is. */
    long last();

    /**
     * A part of it.
     *
     * @param entries what is of interest, and what is missing, in order
     * @param upTo the place up to which it was looked through; where to go on
     */
    record Batch<T>(List<Entry<T>> entries, long upTo) {}

    /** What stands at a place, or some. */
    sealed interface Entry<T> {}

    /** Something at its place. */
    record Item<T>(long place, T value) implements Entry<T> {}

    /** The first and the last of places of which nothing is kept any more, or not all is told. */
    record Skipped<T>(long from, long to) implements Entry<T> {}

    /** The first and the last of places that cannot be read, and why. */
    record Lost<T>(long from, long to, String reason) implements Entry<T> {}

    /**
     * What was found, with the places between that are not there.
     *
     * @param after the place behind which it was looked
     * @param found in the order of their places
     * @param upTo the place up to which every place has something, or had
     * @param kept from here on nothing was given up: what is missing is of no interest
     */
    static <T> Batch<T> gapless(long after, List<Item<T>> found, long upTo, long kept) {
        List<Entry<T>> entries = new ArrayList<>();
        long next = after + 1;
        for (Item<T> item : found) {
            skip(next, Math.min(item.place(), kept), entries);
            entries.add(item);
            next = item.place() + 1;
        }
        skip(next, Math.min(upTo + 1, kept), entries);
        return new Batch<>(entries, Math.max(upTo, next - 1));
    }

    private static <T> void skip(long from, long end, List<Entry<T>> entries) {
        if (from < end) {
            entries.add(new Skipped<>(from, end - 1));
        }
    }
}
