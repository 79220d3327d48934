package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Monotonic time in nanoseconds that goes on while the machine sleeps. {@link System#nanoTime}
 * stands still on Linux while a laptop's lid is closed or a virtual machine is paused. Then the
 * wall clock has moved ahead of it afterwards, and that is added. A wall clock that somebody set
 * ahead cannot be told from a sleep; set back, it changes nothing. Thread-safe.
 */
final class SleepAwareTicker implements LongSupplier {
    /** Two clocks read one after the other are never quite the same, and each is corrected. */
    private static final Duration JITTER = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant lastNow;
    private long lastTick;
    private long slept;

    SleepAwareTicker(InstantSource clock, LongSupplier ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.lastNow = clock.instant();
        this.lastTick = ticker.getAsLong();
    }

    @Override
    public long getAsLong() {
        lock.lock();
        try {
            Instant now = clock.instant();
            long tick = ticker.getAsLong();
            Duration ahead = Duration.between(lastNow, now).minusNanos(tick - lastTick);
            if (ahead.compareTo(JITTER) > 0) {
                slept += ahead.toNanos();
            }
            lastNow = now;
            lastTick = tick;
            return tick + slept;
        } finally {
            lock.unlock();
        }
    }
}
