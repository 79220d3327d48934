package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.matching.JoinStore.Kind;
import io.tradingecosystem.audit.matching.JoinStore.SideId;

/**
 * Which triggers and effects share a key and occurred within a time of each other. It makes no
 * pairs: it is asked, from either side. Its triggers are its own; its effects it shares with the
 * joins that want the same. For one thread.
 */
public final class IntervalJoin {
    private final int number;
    private final long hold;
    private final long definedFrom;
    private final JoinSide triggers;
    private final SharedSide shared;
    private final JoinEffects effects;

    /**
     * A join as it was with the last commit.
     *
     * @param number unique among the follower's joins, and not used again
     * @param hold how long after it occurred an event can be asked for, in nanoseconds
     * @param completeFrom from what occurred_at on it was told every effect
     * @param shared the side of its effects
     */
    IntervalJoin(JoinStore store, int number, long hold, long completeFrom, SharedSide shared) {
        this.number = number;
        this.hold = hold;
        this.definedFrom = completeFrom;
        this.shared = shared;
        // Whatever occurred before, no trigger was one before the join was there.
        this.triggers =
                new JoinSide(
                        store,
                        new SideId(number, Kind.TRIGGERS),
                        Bucket.length(hold),
                        Long.MIN_VALUE);
        this.effects = new JoinEffects(shared.events(), completeFrom, Bucket.length(hold));
    }

    public int number() {
        return number;
    }

    public JoinSide triggers() {
        return triggers;
    }

    public JoinEffects effects() {
        return effects;
    }

    /** The side that has its effects, and perhaps those of other joins. */
    public SharedSide shared() {
        return shared;
    }

    /** From what occurred_at on it was told every effect, in nanoseconds. */
    public long definedFrom() {
        return definedFrom;
    }

    /** How long after it occurred an event can be asked for, in nanoseconds. */
    public long hold() {
        return hold;
    }

    /** Lets go of what is over by a time; gives how many triggers went. */
    long expire(long time) {
        effects.expire(time);
        return triggers.expire(time);
    }
}
