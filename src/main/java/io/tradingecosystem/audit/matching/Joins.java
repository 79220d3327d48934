package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinStore.SideId;
import io.tradingecosystem.audit.projection.StoreTransaction;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

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
    private final Map<Integer, SharedSide> shared = new TreeMap<>();
    private final Map<SideKey, NavigableMap<Integer, SharedSide>> byKey = new HashMap<>();

    /** All that count for the bound. */
    private final Map<SideId, JoinSide> sides = new TreeMap<>();

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
     * Opens a new join. It shares the side of its effects with joins of the same key that are open.
     *
     * @param number unique, and not used again
     * @param hold how long after it occurred an event can be asked for, in nanoseconds
     * @param completeFrom from what occurred_at on it is told every event
     */
    public IntervalJoin open(int number, long hold, long completeFrom, SideKey key) {
        SharedSide side =
                byKey
                        .getOrDefault(key, Collections.emptyNavigableMap())
                        .descendingMap()
                        .values()
                        .stream()
                        .filter(SharedSide::isShareable)
                        .findFirst()
                        .orElseGet(
                                () -> side(key, new SideOrigin(number, completeFrom, key.hold())));
        return open(number, hold, completeFrom, side);
    }

    /**
     * Opens a join as it was with the last commit.
     *
     * @param origin of the side that it shares
     */
    public IntervalJoin reopen(
            int number, long hold, long completeFrom, SideKey key, SideOrigin origin) {
        SharedSide known = shared.get(origin.number());
        SharedSide side = known == null ? side(key.holding(origin.hold()), origin) : known;
        return open(number, hold, completeFrom, side);
    }

    private SharedSide side(SideKey key, SideOrigin origin) {
        SharedSide side = new SharedSide(store, key, origin);
        shared.put(origin.number(), side);
        byKey.computeIfAbsent(key, fresh -> new TreeMap<>()).put(origin.number(), side);
        keep(side.events());
        held -= expire(side, expiredTo);
        return side;
    }

    private IntervalJoin open(int number, long hold, long completeFrom, SharedSide side) {
        IntervalJoin join = new IntervalJoin(store, number, hold, completeFrom, side);
        joins.put(number, join);
        side.add(number, join.triggers(), join.effects());
        keep(join.triggers());
        held -= expire(join, expiredTo);
        return join;
    }

    private void keep(JoinSide side) {
        sides.put(side.id(), side);
        held += side.size();
    }

    /** The join with a number, if it is open. */
    public Optional<IntervalJoin> find(int number) {
        return Optional.ofNullable(joins.get(number));
    }

    public Collection<IntervalJoin> all() {
        return joins.values();
    }

    /** Deletes a join with its triggers, and its effects if no other join shares them. */
    public void close(IntervalJoin join) {
        joins.remove(join.number());
        held -= drop(join.triggers()).clear();
        SharedSide side = join.shared();
        side.remove(join.number());
        if (!side.isShared()) {
            close(side);
        }
    }

    private void close(SharedSide side) {
        shared.remove(side.origin().number());
        NavigableMap<Integer, SharedSide> same = byKey.getOrDefault(side.key(), new TreeMap<>());
        same.remove(side.origin().number());
        if (same.isEmpty()) {
            byKey.remove(side.key());
        }
        drop(side.events());
        held -= side.clear();
    }

    private JoinSide drop(JoinSide side) {
        sides.remove(side.id());
        return side;
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

    /** Adds an effect, unless it is there or too old. */
    public void addEffect(SharedSide side, JoinHash key, JoinedEvent effect, long now) {
        add(side.events(), key, effect, now);
    }

    /** Adds a trigger, unless it is there or too old. */
    public void addTrigger(IntervalJoin join, JoinHash key, JoinedEvent trigger, long now) {
        add(join.triggers(), key, trigger, now);
        join.shared().await(join.number(), key, trigger, now, maxHeld);
    }

    void add(JoinSide side, JoinHash key, JoinedEvent event, long now) {
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
        for (SharedSide side : shared.values()) {
            held -= expire(side, step);
        }
    }

    private static long expire(SharedSide side, long step) {
        return step == Long.MIN_VALUE ? 0 : side.expire(step);
    }

    private static long expire(IntervalJoin join, long step) {
        return step == Long.MIN_VALUE ? 0 : join.expire(Nanos.plus(step, -join.hold()));
    }

    private void evict(long now) {
        JoinSide largest =
                sides.values().stream().max(Comparator.comparingLong(JoinSide::size)).orElseThrow();
        long gone = largest.evict(now);
        held -= gone;
        evicted += gone;
        shared.values().forEach(SharedSide::change);
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
        for (JoinSide side : sides.values()) {
            wanted -= wanted > 0 ? side.uncache(wanted) : 0;
        }
        for (SharedSide side : shared.values()) {
            wanted -= wanted > 0 ? side.uncacheWaiting(wanted) : 0;
        }
    }
}
