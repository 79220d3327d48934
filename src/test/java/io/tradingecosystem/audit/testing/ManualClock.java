package io.tradingecosystem.audit.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that a test sets. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private ManualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    /** Moves it, backwards if negative. */
    public void jump(Duration distance) {
        now.updateAndGet(moment -> moment.plus(distance));
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
