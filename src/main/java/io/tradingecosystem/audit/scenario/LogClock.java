package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.time.Duration;
import java.time.Instant;

/**
 * The log's clock, which never goes back, and the horizon behind which no time is over yet. For the
 * one thread that judges.
 */
final class LogClock {
    private final VerdictCounters counters;
    private Instant now;
    private Instant horizon = Instant.MAX;

    /** The clock as the counters have it, which move with it. */
    LogClock(VerdictCounters counters) {
        this.counters = counters;
        this.now = Times.ofEpochNanos(counters.now);
    }

    Instant now() {
        return now;
    }

    /** The same in nanoseconds since the epoch. */
    long nanos() {
        return counters.now;
    }

    void advance(Instant time) {
        now = Deadlines.later(now, time);
        counters.now = Times.toEpochNanos(now);
    }

    /** Moves it to when an event was recorded, and notes the times that timers do not move. */
    void advanceTo(AuditEvent event) {
        advance(event.recordedAt());
        counters.recorded = Math.max(counters.recorded, Times.toEpochNanos(event.recordedAt()));
        counters.occurred = Math.max(counters.occurred, Times.toEpochNanos(event.occurredAt()));
    }

    /**
     * Notes which windows were over when other settings came into force; they stay so, however late
     * events may be from then on.
     *
     * @param changed when the settings were recorded
     * @param allowedLateness as it was until then
     */
    void settle(Instant changed, Duration allowedLateness) {
        long over = Nanos.plus(Times.toEpochNanos(changed), -Nanos.of(allowedLateness));
        counters.over = Math.max(counters.over, over);
    }

    /**
     * Holds no time to be over behind a moment until a gap that reaches beyond it has come: what
     * came before the word of it is not judged without it.
     */
    void hold(Instant absentSince) {
        horizon = absentSince;
    }

    /** Lets go, if that is the absence for which it holds. */
    void reached(Instant from, Instant to) {
        if (!from.isAfter(horizon) && !to.isBefore(horizon)) {
            horizon = Instant.MAX;
        }
    }

    /** The moment behind which no time is over yet; {@link Instant#MAX} if there is none. */
    Instant horizon() {
        return horizon;
    }

    /**
     * Up to when time is over before an event. An absence counts from its start: what fell due in
     * it is judged after it.
     */
    static Instant before(AuditEvent event) {
        Instant before = event.recordedAt().minusNanos(1);
        return event.type().equals(VerdictEvents.GAP) && !event.isPretended()
                ? VerdictEvents.gap(event)
                        .map(gap -> gap.from().isBefore(before) ? gap.from() : before)
                        .orElse(before)
                : before;
    }

    /** What of a time is over at most. */
    Instant over(Instant time) {
        return time.isBefore(horizon) ? time : horizon;
    }
}
