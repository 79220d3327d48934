package io.tradingecosystem.audit.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Durations counted in classes, each eight percent wider than the one before, so that a percentile
 * is within five percent. What is below a microsecond, or below zero by two clocks, counts as a
 * microsecond or less. Used by one thread.
 */
final class Histogram {
    private static final double WIDTH = Math.log(1.08);
    private static final double SMALLEST = 1_000;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    void add(Duration duration) {
        long nanos = duration.isNegative() ? 0 : Nanoseconds.of(duration);
        counts.merge(nanos <= SMALLEST ? 0 : number(nanos), 1L, Long::sum);
        total++;
    }

    private static int number(long nanos) {
        return 1 + (int) (Math.log(nanos / SMALLEST) / WIDTH);
    }

    void add(Histogram other) {
        other.counts.forEach((number, count) -> counts.merge(number, count, Long::sum));
        total += other.total;
    }

    /** The duration that so many percent of all are not over; empty where there is none. */
    Optional<Duration> percentile(int percent) {
        long rank = Math.max(1, Math.ceilDiv(total * percent, 100L));
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return Optional.of(Duration.ofNanos(middle(entry.getKey())));
            }
        }
        return Optional.empty();
    }

    private static long middle(int number) {
        return number == 0 ? 0 : Math.round(SMALLEST * Math.exp((number - 0.5) * WIDTH));
    }

    private static final class Nanoseconds {
        static long of(Duration duration) {
            return duration.compareTo(Duration.ofDays(365)) > 0
                    ? Duration.ofDays(365).toNanos()
                    : duration.toNanos();
        }
    }
}
