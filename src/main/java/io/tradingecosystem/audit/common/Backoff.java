package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times that double from the first to the last. With randomness each is shortened by up to
 * a fifth, so that many who failed at once do not come back at once. Not thread-safe.
 */
public final class Backoff {
    private static final double JITTER = 0.2;
    private static final RandomGenerator NO_JITTER = () -> 0;

    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private Duration next;

    /** Waiting times with jitter; a first one over the last is the last. */
    public Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = min(first, last);
        this.last = last;
        this.random = random;
        this.next = this.first;
    }

    /** Waiting times without jitter. */
    public Backoff(Duration first, Duration last) {
        this(first, last, NO_JITTER);
    }

    /** The time to wait after another failure. */
    public Duration afterFailure() {
        Duration delay = next;
        next = min(next.multipliedBy(2), last);
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

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
