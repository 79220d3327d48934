package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinStore.Kind;
import io.tradingecosystem.audit.matching.JoinStore.SideId;

import java.util.Set;
import java.util.TreeMap;

/**
 * A side of effects, once for all joins that want the same. It knows which of these have triggers
 * with a key, so that an effect costs no more where most of them have none. For one thread.
 */
public final class SharedSide {
    private final SideKey key;
    private final SideOrigin origin;
    private final JoinSide events;
    private final WaitingJoins waiting;
    private final TreeMap<Integer, Member> joins = new TreeMap<>();
    private KnownTime known = KnownTime.NONE;
    private boolean changed = true;

    /**
     * A join, as far as this needs to know it.
     *
     * @param triggers its triggers
     * @param effects what it sees of this side
     */
    private record Member(JoinSide triggers, JoinEffects effects) {}

    /**
     * Of what time all joins know all they must, by occurred_at in nanoseconds.
     *
     * @param effectsFrom the earliest effect
     * @param triggersFrom the earliest trigger
     * @param triggersTo behind the latest trigger
     */
    private record KnownTime(long effectsFrom, long triggersFrom, long triggersTo) {
        static final KnownTime NONE = new KnownTime(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

        KnownTime with(Member join) {
            JoinSide triggers = join.triggers();
            return new KnownTime(
                    Math.max(effectsFrom, join.effects().completeFrom()),
                    Math.max(triggersFrom, triggers.completeFrom()),
                    Math.min(triggersTo, triggers.completeTo()));
        }
    }

    /** The side as it was with the last commit, without a join yet. */
    SharedSide(JoinStore store, SideKey key, SideOrigin origin) {
        this.key = key;
        this.origin = origin;
        this.events =
                new JoinSide(
                        store,
                        new SideId(origin.number(), Kind.EFFECTS),
                        Bucket.length(origin.hold()),
                        origin.from());
        this.waiting = new WaitingJoins(store, origin);
    }

    public SideKey key() {
        return key;
    }

    public SideOrigin origin() {
        return origin;
    }

    /** All that is here, whichever joins may see it. */
    public JoinSide events() {
        return events;
    }

    /** Whether any join shares it. */
    boolean isShared() {
        return !joins.isEmpty();
    }

    /** A join shares it from here on. */
    void add(int join, JoinSide triggers, JoinEffects effects) {
        joins.put(join, new Member(triggers, effects));
        change();
    }

    /** A join does not share it any more. */
    void remove(int join) {
        joins.remove(join);
        change();
    }

    /** Whether a new join would miss nothing of its own time here. */
    boolean isShareable() {
        return events.evictedFrom().isEmpty();
    }

    /** Remembers that a join has a trigger with a key. */
    void await(int join, JoinHash hash, JoinedEvent trigger, long now, long max) {
        if (join != origin.number()) {
            waiting.add(join, hash, trigger, now, max);
        }
    }

    /**
     * The numbers of joins that may have triggers with a key; the others have none. Those of joins
     * that are closed may be among them.
     */
    public Set<Integer> waiting(JoinHash hash) {
        if (!waiting.isComplete()) {
            return joins.keySet();
        }
        Set<Integer> numbers = waiting.with(hash);
        numbers.add(origin.number());
        return numbers;
    }

    /**
     * Whether every join sees an effect, and has all triggers of a time; both ends count.
     *
     * @param at when the effect occurred
     */
    public boolean isKnownToAll(long at, long from, long to) {
        if (changed) {
            known = joins.values().stream().reduce(KnownTime.NONE, KnownTime::with, (a, b) -> b);
            changed = false;
        }
        return at >= known.effectsFrom() && from >= known.triggersFrom() && to < known.triggersTo();
    }

    /** What its joins know may be otherwise now. */
    void change() {
        changed = true;
    }

    /** Lets go of what is over by a time of the log's clock; gives how many events went. */
    long expire(long step) {
        change();
        waiting.expire(step);
        return events.expire(Nanos.plus(step, -origin.hold()));
    }

    /** Frees the heap of what was committed about who waits; gives how much went. */
    int uncacheWaiting(int wanted) {
        return waiting.uncache(wanted);
    }

    /** Deletes all; gives how many events went. */
    long clear() {
        waiting.clear();
        return events.clear();
    }
}
