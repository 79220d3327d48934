package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;

import java.util.List;

/**
 * What the effects of joins must have in common for these to share a side. Immutable.
 *
 * @param pattern which events are effects
 * @param attributes what an effect shares with its trigger, by the names that the effect has for it
 * @param hold for how long they are kept after they occurred, in nanoseconds
 */
public record SideKey(EventPattern pattern, List<String> attributes, long hold) {
    /** Holds are rounded to so many steps between a power of two and the next. */
    private static final int STEPS_IN_BITS = 3;

    public SideKey {
        attributes = List.copyOf(attributes);
    }

    /**
     * The side of a join.
     *
     * @param hold how long after it occurred the join can be asked for an event, in nanoseconds
     */
    public static SideKey of(EventPattern pattern, List<JoinKey> join, long hold) {
        return new SideKey(pattern, join.stream().map(SideKey::named).toList(), rounded(hold));
    }

    /** What is compared as a text has another key than what is compared by value. */
    private static String named(JoinKey key) {
        return key.effect().written() + (key.isText() ? " as text" : "");
    }

    /** A bucket longer, so that the side never begins behind the join's own first bucket. */
    private static long rounded(long hold) {
        long least = hold + Bucket.length(hold);
        long step = Math.max(1, Long.highestOneBit(least) >> STEPS_IN_BITS);
        return hold > Long.MAX_VALUE / 2 ? hold : Math.ceilDiv(least, step) * step;
    }

    /** The same, kept for another time. */
    SideKey holding(long other) {
        return new SideKey(pattern, attributes, other);
    }
}
