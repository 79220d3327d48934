package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

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

    /** Moves it to when an event was recorded, which timers do not move. */
    void advanceToRecorded(Instant recordedAt) {
        advance(recordedAt);
        counters.recorded = Math.max(counters.recorded, Times.toEpochNanos(recordedAt));
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
        return event.type().equals(VerdictEvents.GAP)
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
