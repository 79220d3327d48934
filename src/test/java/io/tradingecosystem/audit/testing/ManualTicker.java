package io.tradingecosystem.audit.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Monotonic time in nanoseconds that a test advances. Thread-safe. */
public final class ManualTicker implements LongSupplier {
    // Near the overflow, which a real ticker may be too.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    public void advance(Duration distance) {
        now.addAndGet(distance.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
