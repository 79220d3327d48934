package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Durations counted in classes, each eight percent wider than the one before, so that a percentile
 * is within five percent. What is below a microsecond, or below zero by two clocks, counts as a
 * microsecond or less, what is over a year as a year: there are about 400 classes. The same
 * durations give the same on any machine. Used by one thread.
 */
public final class DurationHistogram {
    private static final double WIDTH = StrictMath.log(1.08);
    private static final double SMALLEST = 1_000;
    private static final Duration LARGEST = Duration.ofDays(365);

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    /** Counts a duration. */
    public void add(Duration duration) {
        long nanos = duration.isNegative() ? 0 : nanos(duration);
        add(nanos <= SMALLEST ? 0 : number(nanos), 1);
    }

    /** Counts as many durations of a class. */
    public void add(int number, long count) {
        counts.merge(number, count, Long::sum);
        total += count;
    }

    private static long nanos(Duration duration) {
        return (duration.compareTo(LARGEST) > 0 ? LARGEST : duration).toNanos();
    }

    private static int number(long nanos) {
        return 1 + (int) (StrictMath.log(nanos / SMALLEST) / WIDTH);
    }

    /** Counts what another has counted, too. */
    public void add(DurationHistogram other) {
        other.counts.forEach(this::add);
    }

    /** How many durations of each class, by its number. */
    public SortedMap<Integer, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** The duration that so many of a thousand are not over; empty where there is none. */
    public Optional<Duration> permille(int permille) {
        long rank = Math.max(1, rank(permille));
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return Optional.of(Duration.ofNanos(middle(entry.getKey())));
            }
        }
        return Optional.empty();
    }

    private long rank(int permille) {
        return total / 1_000 * permille + Math.ceilDiv(total % 1_000 * permille, 1_000L);
    }

    private static long middle(int number) {
        return number == 0 ? 0 : Math.round(SMALLEST * StrictMath.exp((number - 0.5) * WIDTH));
    }
}
