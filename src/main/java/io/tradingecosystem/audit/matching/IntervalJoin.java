package io.tradingecosystem.audit.matching;

/**
 * Which triggers and effects share a key and occurred within a time of each other. It makes no
 * pairs: it is asked, from either side. For one thread.
 */
public final class IntervalJoin {
    private static final int BUCKETS = 8;

    private final int number;
    private final long hold;
    private final long definedFrom;
    private final JoinSide triggers;
    private final JoinSide effects;

    /**
     * A join as it was with the last commit.
     *
     * @param number unique among the follower's joins, and not used again
     * @param hold how long after it occurred an event can be asked for, in nanoseconds
     * @param completeFrom from what occurred_at on it was told every effect
     */
    IntervalJoin(JoinStore store, int number, long hold, long completeFrom) {
        this.number = number;
        this.hold = hold;
        this.definedFrom = completeFrom;
        long bucket = Math.max(1, hold / BUCKETS);
        // Whatever occurred before, no trigger was one before the join was there.
        this.triggers =
                new JoinSide(store, new JoinStore.SideId(number, false), bucket, Long.MIN_VALUE);
        this.effects =
                new JoinSide(store, new JoinStore.SideId(number, true), bucket, completeFrom);
    }

    public int number() {
        return number;
    }

    public JoinSide triggers() {
        return triggers;
    }

    public JoinSide effects() {
        return effects;
    }

    /** From what occurred_at on it was told every effect, in nanoseconds. */
    public long definedFrom() {
        return definedFrom;
    }

    /** How long after it occurred an event can be asked for, in nanoseconds. */
    public long hold() {
        return hold;
    }
}
