package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinStore.SideId;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One side of an interval join: its events by key and time. They are in the follower's projection;
 * the heap has those that were used lately. A question costs O(log n) and what it visits. Time is
 * cut into buckets, so that what nobody can ask for any more goes at once, as in the window stores
 * of Kafka Streams. For one thread.
 */
public final class JoinSide {
    private final JoinStore store;
    private final SideId id;
    private final long bucketLength;
    private final NavigableMap<Long, Bucket> buckets = new TreeMap<>();
    private long completeFrom;
    private long completeTo;
    private long evictedTo;
    private long size;

    /**
     * The side as it was with the last commit.
     *
     * @param bucketLength in nanoseconds
     * @param completeFrom from what occurred_at on it has every event
     */
    JoinSide(JoinStore store, SideId id, long bucketLength, long completeFrom) {
        this.store = store;
        this.id = id;
        this.bucketLength = bucketLength;
        JoinStore.Kept kept = store.kept(id);
        this.completeFrom = Math.max(completeFrom, kept.from());
        this.completeTo = kept.to();
        this.evictedTo = kept.from();
        store.counts(id).forEach(this::recall);
    }

    private void recall(long bucket, long events) {
        buckets.put(bucket, Bucket.stored(store, id, bucket, events));
        size += events;
    }

    SideId id() {
        return id;
    }

    /** Whether every event of a time is here that was recorded so far; both ends count. */
    public boolean isComplete(long from, long to) {
        return from >= completeFrom && to < completeTo;
    }

    /** The earliest occurred_at from which on every event is here, in nanoseconds. */
    public long completeFrom() {
        return completeFrom;
    }

    /** The latest occurred_at up to which every event is here; itself not. */
    long completeTo() {
        return completeTo;
    }

    /** The earliest occurred_at that no bound took away, in nanoseconds; empty if none took any. */
    public OptionalLong evictedTo() {
        return evictedTo == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(evictedTo);
    }

    /** The same of what is ahead: from here on a bound took all away. */
    public OptionalLong evictedFrom() {
        return completeTo == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(completeTo);
    }

    /** Whether all that a bound took away is over by now. */
    boolean hasLostNothing() {
        return completeTo == Long.MAX_VALUE
                && (evictedTo == Long.MIN_VALUE || evictedTo < completeFrom);
    }

    /** How many events are here. */
    long size() {
        return size;
    }

    /** Adds an event, unless it is there or its time is not kept; whether it was added. */
    boolean add(JoinHash key, JoinedEvent event) {
        boolean added =
                isComplete(event.at(), event.at())
                        && buckets.computeIfAbsent(
                                        bucket(event.at()), fresh -> Bucket.empty(store, id, fresh))
                                .add(key, event);
        size += added ? 1 : 0;
        return added;
    }

    /**
     * Visits events with a key in the order of time until {@code visitor} returns false.
     *
     * @param from the earliest occurred_at
     * @param to the latest occurred_at
     * @return whether all were visited
     */
    public boolean ascending(JoinHash key, long from, long to, Predicate<JoinedEvent> visitor) {
        for (Bucket bucket : between(from, to).values()) {
            List<JoinedEvent> run = bucket.run(key);
            for (int i = before(run, from); i < run.size() && run.get(i).at() <= to; i++) {
                if (!visitor.test(run.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The same, the latest first. */
    public boolean descending(JoinHash key, long from, long to, Predicate<JoinedEvent> visitor) {
        for (Bucket bucket : between(from, to).descendingMap().values()) {
            List<JoinedEvent> run = bucket.run(key);
            int last = before(run, Nanos.plus(to, 1)) - 1;
            for (int i = last; i >= 0 && run.get(i).at() >= from; i--) {
                if (!visitor.test(run.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private NavigableMap<Long, Bucket> between(long from, long to) {
        return from > to
                ? Collections.emptyNavigableMap()
                : buckets.subMap(bucket(from), true, bucket(to), true);
    }

    /**
     * Deletes the buckets that are over by a time; nothing before it is here.
     *
     * @return how many events went
     */
    long expire(long time) {
        long first = bucket(time);
        completeFrom = Math.max(completeFrom, first * bucketLength);
        return drop(buckets.headMap(first, false));
    }

    /**
     * Deletes the bucket that is furthest from a time.
     *
     * @return how many events went
     */
    long evict(long now) {
        long first = buckets.firstKey();
        long last = buckets.lastKey();
        boolean ahead = last - bucket(now) > bucket(now) - first;
        if (ahead) {
            completeTo = Math.min(completeTo, last * bucketLength);
        } else {
            completeFrom = Math.max(completeFrom, (first + 1) * bucketLength);
        }
        evictedTo = completeFrom;
        store.keep(id, new JoinStore.Kept(completeFrom, completeTo));
        return drop(ahead ? buckets.tailMap(last, true) : buckets.headMap(first, true));
    }

    private long drop(Map<Long, Bucket> gone) {
        long events = gone.values().stream().mapToLong(Bucket::size).sum();
        size -= events;
        gone.values().forEach(Bucket::drop);
        gone.clear();
        return events;
    }

    /** Frees the heap of what was committed, the oldest first; gives how many events went. */
    int uncache(int wanted) {
        int freed = 0;
        for (Bucket bucket : buckets.values()) {
            if (freed >= wanted) {
                break;
            }
            freed += bucket.uncache();
        }
        return freed;
    }

    /** Deletes all; gives how many events went. */
    long clear() {
        evictedTo = Long.MIN_VALUE;
        completeTo = Long.MAX_VALUE;
        store.keep(id, JoinStore.Kept.ALL);
        return drop(buckets);
    }

    private long bucket(long at) {
        return Math.floorDiv(at, bucketLength);
    }

    /** How many events of a run occurred before a time. */
    private static int before(List<JoinedEvent> run, long at) {
        int from = 0;
        int to = run.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (run.get(middle).at() < at) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
