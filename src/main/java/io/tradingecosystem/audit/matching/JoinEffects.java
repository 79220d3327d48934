package io.tradingecosystem.audit.matching;

import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The effects of one join: what a side that it may share with others has of its time. The side may
 * have more, which the join was not told of and does not see. For one thread.
 */
public final class JoinEffects {
    private final JoinSide events;
    private final long definedFrom;
    private final long bucketLength;
    private long from;

    /**
     * All that a side has of a time.
     *
     * @param definedFrom from what occurred_at on the join was told every effect
     * @param bucketLength in what steps the first it sees goes on, in nanoseconds
     */
    JoinEffects(JoinSide events, long definedFrom, long bucketLength) {
        this.events = events;
        this.definedFrom = definedFrom;
        this.bucketLength = bucketLength;
        this.from = definedFrom;
    }

    /** Whether the join's own time has begun, whatever the side has of it. */
    public boolean isOwn(long at) {
        return at >= from;
    }

    /** Whether every event of a time is here that was recorded so far; both ends count. */
    public boolean isComplete(long first, long last) {
        return isOwn(first) && events.isComplete(first, last);
    }

    /** The earliest occurred_at from which on every event is here, in nanoseconds. */
    public long completeFrom() {
        return Math.max(from, events.completeFrom());
    }

    /** The earliest occurred_at that no bound took away, in nanoseconds; empty if none took any. */
    public OptionalLong evictedTo() {
        OptionalLong evicted = events.evictedTo();
        return evicted.isPresent() && evicted.getAsLong() <= definedFrom
                ? OptionalLong.empty()
                : evicted;
    }

    /** The same of what is ahead: from here on a bound took all away. */
    public OptionalLong evictedFrom() {
        return events.evictedFrom();
    }

    /**
     * Visits events with a key in the order of time until {@code visitor} returns false.
     *
     * @param first the earliest occurred_at
     * @param last the latest occurred_at
     * @return whether all were visited
     */
    public boolean ascending(JoinHash key, long first, long last, Predicate<JoinedEvent> visitor) {
        return events.ascending(key, Math.max(first, from), last, visitor);
    }

    /** The same, the latest first. */
    public boolean descending(JoinHash key, long first, long last, Predicate<JoinedEvent> visitor) {
        return events.descending(key, Math.max(first, from), last, visitor);
    }

    /** Lets go of what is over by a time. */
    void expire(long time) {
        from = Math.max(from, Math.floorDiv(time, bucketLength) * bucketLength);
    }
}
