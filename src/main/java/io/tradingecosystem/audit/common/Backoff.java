package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times that double from the first to the last, each shortened by up to a fifth so that
 * many who failed at once do not come back at once. Not thread-safe.
 */
public final class Backoff {
    private static final double JITTER = 0.2;

    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private Duration next;

    public Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first.compareTo(last) < 0 ? first : last;
        this.last = last;
        this.random = random;
        this.next = this.first;
    }

    /** The time to wait after another failure. */
    public Duration afterFailure() {
        Duration delay = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(last) < 0 ? doubled : last;
        return jittered(delay, random);
    }

    /** Starts over. */
    public void reset() {
        next = first;
    }

    /** Between four fifths of the delay and the whole. */
    public static Duration jittered(Duration delay, RandomGenerator random) {
        return Duration.ofNanos((long) (delay.toNanos() * (1 - JITTER * random.nextDouble())));
    }
}
