package io.tradingecosystem.audit.common;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is, as given to whatever needs it: tests give their own. Immutable.
 *
 * @param clock the wall clock; it may jump
 * @param ticker monotonic time in nanoseconds, for durations
 */
public record Time(InstantSource clock, LongSupplier ticker) {
    public Time {
        requireNonNull(clock, "clock is null");
        requireNonNull(ticker, "ticker is null");
    }

    /** The time of this machine. */
    public static Time system() {
        return new Time(InstantSource.system(), System::nanoTime);
    }

    /**
     * The same, but that its monotonic time goes on while the machine sleeps, by as much as the
     * wall clock is ahead afterwards.
     */
    public Time withSleep() {
        return new Time(clock, new SleepAwareTicker(clock, ticker));
    }

    /** The moment by the wall clock. */
    public Instant now() {
        return clock.instant();
    }

    /** The monotonic time in nanoseconds; only differences mean something. */
    public long tick() {
        return ticker.getAsLong();
    }
}
