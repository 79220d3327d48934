package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.store.LogBusyException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is on its way into the log, and the bound on it. A batch that is larger than the bound
 * by itself goes in alone. Thread-safe.
 */
final class InFlight {
    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final long max;
    private final AtomicLong now = new AtomicLong();

    InFlight(long max) {
        this.max = max;
    }

    /**
     * Makes room for a batch; {@link #leave} gives it back.
     *
     * @throws LogBusyException if there is none
     */
    void enter(long size) {
        long before = now.getAndAdd(size);
        if (before > 0 && before + size > max) {
            leave(size);
            throw new LogBusyException(
                    "More than " + max + " bytes of events wait for the log already.", RETRY_AFTER);
        }
    }

    void leave(long size) {
        now.addAndGet(-size);
    }

    long now() {
        return now.get();
    }

    long max() {
        return max;
    }
}
