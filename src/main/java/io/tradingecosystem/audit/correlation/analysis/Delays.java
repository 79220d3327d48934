package io.tradingecosystem.audit.correlation.analysis;

import java.time.Duration;
import java.util.Collection;

/**
 * What a number of delays are like. Percentiles are exact, by nearest rank: the least of the delays
 * that at least so much of all are not over. Immutable.
 *
 * @param count how many, from 1
 */
public record Delays(
        int count, Duration min, Duration p50, Duration p90, Duration p99, Duration max) {

    /** Sums up at least one delay. */
    public static Delays of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Delays(
                sorted.length,
                Duration.ofNanos(sorted[0]),
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 99),
                Duration.ofNanos(sorted[sorted.length - 1]));
    }

    private static Duration percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceilDiv((long) sorted.length * percent, 100L);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
}
