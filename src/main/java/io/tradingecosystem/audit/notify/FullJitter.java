package io.tradingecosystem.audit.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times anywhere below a bound that doubles: "full jitter" of <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>. {@code Backoff} draws from the upper fifth, which is too little where
 * many senders lost the same receiver. For one thread.
 */
final class FullJitter {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MAX = Duration.ofMinutes(10);
    private static final Duration MIN = Duration.ofMillis(100);

    private final RandomGenerator random;
    private Duration bound = FIRST;

    FullJitter(RandomGenerator random) {
        this.random = random;
    }

    /** The time to wait after another failure. */
    Duration afterFailure() {
        long nanos = random.nextLong(MIN.toNanos(), bound.toNanos() + 1);
        Duration doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(MAX) < 0 ? doubled : MAX;
        return Duration.ofNanos(nanos);
    }

    /** Starts over. */
    void reset() {
        bound = FIRST;
    }
}
