package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts the runs of a task by a monotonic ticker. Thread-safe. */
final class RunCounter {
    private final LongSupplier ticker;
    private volatile Counts counts = new Counts(0, 0, 0, 0);

    RunCounter(LongSupplier ticker) {
        this.ticker = ticker;
    }

    long start() {
        return ticker.getAsLong();
    }

    /** Notes the end of a run and gives its duration. */
    synchronized Duration end(long started, boolean succeeded) {
        long now = ticker.getAsLong();
        counts = succeeded ? counts.success(now - started, now) : counts.failure();
        return Duration.ofNanos(now - started);
    }

    /** True if the last good run ended longer ago than that; false before the first. */
    boolean endedBefore(Duration time) {
        Counts seen = counts;
        return seen.succeeded > 0 && ticker.getAsLong() - seen.lastEnd > time.toNanos();
    }

    RegistryStatistics.Runs runs() {
        Counts seen = counts;
        return new RegistryStatistics.Runs(
                seen.succeeded,
                seen.failed,
                Duration.ofNanos(seen.lastNanos),
                seen.succeeded == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(ticker.getAsLong() - seen.lastEnd)));
    }

    private record Counts(long succeeded, long failed, long lastNanos, long lastEnd) {
        Counts success(long nanos, long end) {
            return new Counts(succeeded + 1, failed, nanos, end);
        }

        Counts failure() {
            return new Counts(succeeded, failed + 1, lastNanos, lastEnd);
        }
    }
}
