package io.tradingecosystem.audit.configuration;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One asking for one key, which several may wait for. Thread-safe. */
final class InFlightLoad {
    /** Nothing is under way: over before it began. */
    static final InFlightLoad NONE = new InFlightLoad();

    static {
        NONE.end();
    }

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Waits for the end, whatever the outcome; false if it took longer than that. */
    boolean await(Duration patience) throws InterruptedException {
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void end() {
        ended.countDown();
    }
}
