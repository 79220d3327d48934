package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of a part as its join has them, where it has all of them.
 *
 * @param join the part's join
 * @param key what they share with the trigger
 * @param triggerId the trigger
 * @param within how long the window is, in nanoseconds
 */
record JoinedPart(IntervalJoin join, JoinHash key, String triggerId, long within)
        implements PartEvents {
    /** By so much an event that was on its way may have a window judged behind its time. */
    private static final long MARGIN = 10_000_000_000L;

    @Override
    public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
        join.effects().ascending(key, from, to, event -> isTrigger(event) || visitor.test(event));
    }

    @Override
    public void descending(long from, long to, Predicate<JoinedEvent> visitor) {
        join.effects().descending(key, from, to, event -> isTrigger(event) || visitor.test(event));
    }

    @Override
    public boolean isOfAnother(JoinedEvent event, long before) {
        return isAwaited(join, key, event, within, trigger -> isOther(trigger, before));
    }

    private boolean isOther(JoinedEvent trigger, long before) {
        return trigger.recordedAt() < before && !isTrigger(trigger);
    }

    /** Whether any of some triggers waited for an event with a key when it occurred. */
    static boolean isAwaited(
            IntervalJoin join,
            JoinHash key,
            JoinedEvent event,
            long within,
            Predicate<JoinedEvent> triggers) {
        return !join.triggers()
                .ascending(
                        key,
                        Nanos.plus(event.at(), -within),
                        event.at(),
                        trigger -> !triggers.test(trigger));
    }

    @Override
    public long keptFrom(long due) {
        return Nanos.plus(Nanos.plus(due, -join.hold()), MARGIN);
    }

    @Override
    public Optional<String> leftOut() {
        return Optional.empty();
    }

    private boolean isTrigger(JoinedEvent event) {
        return event.id().equals(triggerId);
    }
}
