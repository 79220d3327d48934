package io.tradingecosystem.audit.monitoring;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Meters that each show one number of a part's statistics. Thread-safe.
 *
 * @param <S> the statistics
 */
public final class StatisticsMeters<S> {
    private final Meters meters;
    private final Supplier<S> statistics;

    private StatisticsMeters(Meters meters, Supplier<S> statistics) {
        this.meters = meters;
        this.statistics = statistics;
    }

    /** Meters of statistics that are taken anew for each reading. */
    public static <S> StatisticsMeters<S> of(Meters meters, Supplier<S> statistics) {
        return new StatisticsMeters<>(meters, statistics);
    }

    /** Shows a count that only grows. */
    public StatisticsMeters<S> counter(String name, String help, ToLongFunction<S> count) {
        meters.counter(name, help, () -> count.applyAsLong(statistics.get()));
        return this;
    }

    /** Shows a number that comes and goes. */
    public StatisticsMeters<S> gauge(String name, String help, ToDoubleFunction<S> value) {
        meters.gauge(name, help, () -> value.applyAsDouble(statistics.get()));
        return this;
    }
}
