package io.tradingecosystem.audit.comparison;

import java.time.Duration;
import java.time.Instant;

/**
 * Where two runs are laid upon each other.
 *
 * @param by what it is
 * @param eventId the event
 * @param at its occurred_at
 * @param expectation whose trigger it is; empty for the first event
 */
public record Anchor(By by, String eventId, Instant at, String expectation) {

    /** What an anchor is. */
    public enum By {
        /** The run's first trigger of an expectation. */
        TRIGGER,
        /** The run's first event, as nothing in it was judged. */
        FIRST_EVENT
    }

    /** How far behind it a time is, in nanoseconds; as far as a number goes for one of the dawn. */
    long offset(Instant time) {
        try {
            return Duration.between(at, time).toNanos();
        } catch (ArithmeticException e) {
            return time.isBefore(at) ? Long.MIN_VALUE / 4 : Long.MAX_VALUE / 4;
        }
    }
}
