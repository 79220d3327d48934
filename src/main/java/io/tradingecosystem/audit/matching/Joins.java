package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.projection.StoreTransaction;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The interval joins of a follower, and the bounds that they share. What is kept and what is not is
 * a function of the log: of the events in their order, and of the log's clock. For one thread.
 */
public final class Joins {
    private static final long EXPIRY_STEP = 1_000_000_000;

    private final JoinStore store;
    private long maxHeld;
    private final int maxCached;
    private final Map<Integer, IntervalJoin> joins = new TreeMap<>();
    private long held;
    private long evicted;
    private long expiredTo = Long.MIN_VALUE;

    /**
     * Without a join yet.
     *
     * @param transaction of the follower's projection
     * @param events the letter of a table for events
     * @param counts the letter of a table for how many there are
     * @param maxHeld how many events are kept in all; beyond, the oldest are to be looked for in
     *     the store
     * @param maxCached how many of them may be in the heap
     */
    public Joins(
            StoreTransaction transaction, char events, char counts, long maxHeld, int maxCached) {
        this.store = new JoinStore(transaction, events, counts);
        this.maxHeld = maxHeld;
        this.maxCached = maxCached;
    }

    /**
     * Opens a join, new or as it was with the last commit.
     *
     * @param number unique, and not used again
     * @param hold how long after it occurred an event can be asked for, in nanoseconds
     * @param completeFrom from what occurred_at on it is told every event
     */
    public IntervalJoin open(int number, long hold, long completeFrom) {
        IntervalJoin join = new IntervalJoin(store, number, hold, completeFrom);
        joins.put(number, join);
        held += join.triggers().size() + join.effects().size();
        held -= expire(join, expiredTo);
        return join;
    }

    /** The join with a number, if it is open. */
    public Optional<IntervalJoin> find(int number) {
        return Optional.ofNullable(joins.get(number));
    }

    public Collection<IntervalJoin> all() {
        return joins.values();
    }

    /** Deletes a join with its events. */
    public void close(IntervalJoin join) {
        joins.remove(join.number());
        held -= join.triggers().clear() + join.effects().clear();
    }

    /** How many events are kept. */
    public long held() {
        return held;
    }

    /** From here on so many events are kept in all. */
    public void maxHeld(long max, long now) {
        maxHeld = max;
        while (held > maxHeld) {
            evict(now);
        }
    }

    /** How many of them are in the heap, or are known not to be there. */
    int cached() {
        return store.cached();
    }

    /** How many events were dropped to stay within the bound. */
    public long evicted() {
        return evicted;
    }

    /** Goes on counting where it stopped. */
    public void evicted(long before) {
        evicted = before;
    }

    /** Adds an event to a side, unless it is there or too old for it. */
    public void add(JoinSide side, JoinHash key, JoinedEvent event, long now) {
        if (side.add(key, event) && ++held > maxHeld) {
            evict(now);
        }
    }

    /** Deletes what nobody asks for any more, in whole steps of the log's clock. */
    public void expire(long now) {
        long step = now - Math.floorMod(now, EXPIRY_STEP);
        if (step <= expiredTo) {
            return;
        }
        expiredTo = step;
        for (IntervalJoin join : joins.values()) {
            held -= expire(join, step);
        }
    }

    private static long expire(IntervalJoin join, long step) {
        if (step == Long.MIN_VALUE) {
            return 0;
        }
        long time = Nanos.plus(step, -join.hold());
        return join.triggers().expire(time) + join.effects().expire(time);
    }

    private void evict(long now) {
        JoinSide largest =
                joins.values().stream()
                        .flatMap(join -> Stream.of(join.triggers(), join.effects()))
                        .max(Comparator.comparingLong(JoinSide::size))
                        .orElseThrow();
        long gone = largest.evict(now);
        held -= gone;
        evicted += gone;
    }

    /** Writes what is to be committed with the transaction. */
    public void flush() {
        store.flush();
    }

    /** Frees the heap, if need be; everything was just committed. */
    public void committed() {
        int wanted = cached() - maxCached;
        if (wanted <= 0) {
            return;
        }
        wanted += maxCached / 4;
        for (IntervalJoin join : joins.values()) {
            if (wanted > 0) {
                wanted -= join.triggers().uncache(wanted);
                wanted -= join.effects().uncache(wanted);
            }
        }
    }
}
