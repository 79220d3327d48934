package io.tradingecosystem.audit.access;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * What a token proves, and for how long.
 *
 * @param caller whose it is
 * @param end when its time is over
 * @param holds whether it is still known before that
 */
record Proof(Caller caller, Instant end, BooleanSupplier holds) {
    /** One that holds until its time is over. */
    static Proof until(Instant end, Caller caller) {
        return new Proof(caller, end, () -> true);
    }

    /** Whether it proves that still. */
    boolean holdsAt(Instant now) {
        return now.isBefore(end) && holds.getAsBoolean();
    }
}
