package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.access.LimitExceededException;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.store.LogBusyException;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long is tried again what cannot be done now. For one thread. */
final class Patience {
    private final Duration duration;
    private final LongSupplier ticker;
    private final long start;

    Patience(Duration duration, LongSupplier ticker) {
        this.duration = duration;
        this.ticker = ticker;
        this.start = ticker.getAsLong();
    }

    /** Does it now or later; fails as it does where waiting for it would take too long. */
    <T> T use(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (LogBusyException e) {
                await(e.retryAfter(), e);
            } catch (LimitExceededException e) {
                await(e.retryAfter(), e);
            }
        }
    }

    private void await(Duration delay, RuntimeException failure) {
        Duration left = duration.minusNanos(ticker.getAsLong() - start);
        if (left.compareTo(delay) < 0 || !Threads.untilInterrupted(() -> Thread.sleep(delay))) {
            throw failure;
        }
    }
}
