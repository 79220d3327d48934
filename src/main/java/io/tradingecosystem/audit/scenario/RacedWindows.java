package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Windows that fell due while an event was on its way here that had been recorded before. A replay
 * takes the event in first; so that both name the same near miss, they are judged once more. For
 * one thread.
 */
final class RacedWindows {
    /** So many triggers with the event's key are looked at, the latest first. */
    private static final int MAX_LOOKED_AT = 1_000;

    private final Gaps gaps;
    private final Tolerances tolerances;

    /**
     * Finds windows.
     *
     * @param gaps the times in which events may have been lost, as they are now
     */
    RacedWindows(Gaps gaps, Tolerances tolerances) {
        this.gaps = gaps;
        this.tolerances = tolerances;
    }

    /**
     * Visits the triggers of windows for which an event may be a near miss, or that of another
     * trigger.
     *
     * @param key of the event, or of its effects
     * @param clock up to when windows fell due before the event came, in nanoseconds
     */
    void visit(
            IntervalJoin join,
            JoinHash key,
            Part part,
            JoinedEvent event,
            long clock,
            Consumer<JoinedEvent> out) {
        if (event.recordedAt() >= clock) {
            return;
        }
        long within = Nanos.of(part.within());
        long slack = Nanos.of(tolerances.allowedLateness().plus(part.lasting()));
        long behind = Nanos.plus(within, NearMisses.lookBehind(part.within()));
        long before = Nanos.plus(within, NearMisses.lookBefore());
        boolean bound = part.variables().within().isPresent();
        long over = bound ? clock : Nanos.plus(clock, -Nanos.plus(within, slack));
        int[] seen = {0};
        join.triggers()
                .descending(
                        key,
                        Nanos.plus(event.at(), -behind),
                        Math.min(over, Nanos.plus(event.at(), before)),
                        trigger -> {
                            if (bound || fellDue(trigger, part, event.recordedAt(), clock)) {
                                out.accept(trigger);
                            }
                            return ++seen[0] < MAX_LOOKED_AT;
                        });
    }

    private boolean fellDue(JoinedEvent trigger, Part part, long from, long to) {
        Instant due = new Deadlines(new Occurrence("", trigger, 0, ""), gaps, tolerances).due(part);
        return !due.isBefore(Times.ofEpochNanos(from)) && !due.isAfter(Times.ofEpochNanos(to));
    }
}
