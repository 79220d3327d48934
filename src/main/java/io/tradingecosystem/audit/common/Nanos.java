package io.tradingecosystem.audit.common;

import java.time.Duration;

/** Times and durations in nanoseconds that stay at the ends of 64 bits instead of turning round. */
public final class Nanos {
    private Nanos() {}

    /** A time and a duration behind it, or before it if that is negative. */
    public static long plus(long time, long nanos) {
        long sum = time + nanos;
        boolean overflow = ((time ^ sum) & (nanos ^ sum)) < 0;
        return overflow ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    /** How long one time is behind another. */
    public static long between(long from, long to) {
        long difference = to - from;
        boolean overflow = ((to ^ from) & (to ^ difference)) < 0;
        return overflow ? (to < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }

    /** A duration. */
    public static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
