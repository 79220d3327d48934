package io.tradingecosystem.audit.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers and loads. Thread-safe. */
final class Tally {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile Optional<Long> lastLoad = Optional.empty();

    void hit() {
        hits.increment();
    }

    void staleHit() {
        hits.increment();
        stale.increment();
    }

    void miss() {
        misses.increment();
    }

    void loaded(long tick) {
        loads.increment();
        lastLoad = Optional.of(tick);
    }

    void failed() {
        failures.increment();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    long stale() {
        return stale.sum();
    }

    long loads() {
        return loads.sum();
    }

    long failures() {
        return failures.sum();
    }

    Optional<Duration> sinceLastLoad(long tick) {
        return lastLoad.map(last -> Duration.ofNanos(tick - last));
    }
}
