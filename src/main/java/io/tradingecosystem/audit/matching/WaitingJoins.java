package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinStore.Kind;
import io.tradingecosystem.audit.matching.JoinStore.SideId;

import java.util.HashSet;
import java.util.Set;

/**
 * Which joins of a shared side have triggers with a key: one entry for each join, key and bucket of
 * time. The join that the side was opened for is not among them; it is asked in any case. Entries
 * may outlive their triggers, never the other way round. For one thread.
 */
final class WaitingJoins {
    private static final EventClock NO_CLOCK = new EventClock("", "");

    private final JoinSide entries;
    private final long bucketLength;
    private final long hold;

    /** The entries as they were with the last commit. */
    WaitingJoins(JoinStore store, SideOrigin origin) {
        this.bucketLength = Bucket.length(origin.hold());
        // Triggers go in buckets of their own lengths.
        this.hold = Nanos.plus(origin.hold(), 2 * bucketLength);
        this.entries =
                new JoinSide(
                        store,
                        new SideId(origin.number(), Kind.WAITING),
                        bucketLength,
                        Long.MIN_VALUE);
    }

    /**
     * Adds an entry for a trigger.
     *
     * @param max how many are kept
     */
    void add(int join, JoinHash key, JoinedEvent trigger, long now, long max) {
        long begin = trigger.at() - Math.floorMod(trigger.at(), bucketLength);
        entries.add(key, new JoinedEvent(Integer.toString(join), "", begin, 0, NO_CLOCK));
        while (entries.size() > max) {
            entries.evict(now);
        }
    }

    /** Whether no join is missing that has triggers. */
    boolean isComplete() {
        return entries.hasLostNothing();
    }

    /** The joins with triggers that have a key. */
    Set<Integer> with(JoinHash key) {
        Set<Integer> joins = new HashSet<>();
        entries.ascending(
                key,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                entry -> {
                    joins.add(Integer.valueOf(entry.id()));
                    return true;
                });
        return joins;
    }

    void expire(long step) {
        entries.expire(Nanos.plus(step, -hold));
    }

    int uncache(int wanted) {
        return entries.uncache(wanted);
    }

    void clear() {
        entries.clear();
    }
}
