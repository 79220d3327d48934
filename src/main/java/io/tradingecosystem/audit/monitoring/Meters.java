package io.tradingecosystem.audit.monitoring;

import io.helidon.common.media.type.MediaType;
import io.helidon.config.Config;
import io.helidon.metrics.api.BuiltInMeterNameFormat;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.api.ScopeConfig;
import io.helidon.metrics.api.ScopingConfig;
import io.helidon.metrics.api.SystemTagsManager;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.metrics.providers.micrometer.MicrometerPrometheusFormatter;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.Services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The meters of the service, on Helidon's metrics. Rooms keep their own numbers; this shows them:
 *
 * {@snippet file="monitoring/MonitoringExampleTest.java" region="meters"}
 *
 * <p>Names are given without {@code _total} and, for timers, without {@code _seconds}; both are
 * appended. No family has more than {@value #MAX_SERIES} series: what comes later is counted under
 * the label value {@code other}. Meters are those of the process; an instance removes its own when
 * it closes. Thread-safe.
 */
public final class Meters implements AutoCloseable {
    /** The maximum of series of one family. */
    public static final int MAX_SERIES = 200;

    private static final double[] NONE = {};

    private final MeterRegistry registry;
    private final List<Meter> own = new CopyOnWriteArrayList<>();
    private final List<Runnable> refreshers = new CopyOnWriteArrayList<>();
    private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();

    /**
     * Held while a registry of Helidon changes.
     *
     * <p>Fault: Helidon 4.5.0, {@code MMeterRegistry.getOrCreate}, takes its own lock and then that
     * of Micrometer, and {@code MMeterRegistry.onMeterAdded}, which hears of the meters of every
     * registry of the process, takes them the other way round: two threads with two registries wait
     * for each other. Seen in a run of tests, which have many. Look again: Helidon 4.6.
     */
    private static final ReentrantLock CHANGING = new ReentrantLock();

    static {
        // Otherwise Helidon looks for files with settings of its own, at every start.
        if (!GlobalServiceRegistry.configured()) {
            Services.set(Config.class, Config.empty());
        }
    }

    private Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of this process, those of the JVM among them. */
    public static Meters create() {
        MetricsConfig config =
                MetricsConfig.builder()
                        .config(Config.empty())
                        .builtInMeterNameFormat(BuiltInMeterNameFormat.SNAKE)
                        .scoping(
                                ScopingConfig.builder()
                                        .clearTagName()
                                        .putScope(Meter.Scope.BASE, withoutLint())
                                        .build())
                        .warnOnMultipleRegistries(false)
                        .build();
        MetricsFactory factory = Services.get(MetricsFactory.class);
        // The factory has set up the tags of all meters by its own configuration, with a scope.
        SystemTagsManager.instance(config);
        return new Meters(changing(() -> factory.globalRegistry(config)));
    }

    /** Helidon's own meters without those whose names {@code promtool check metrics} dislikes. */
    private static ScopeConfig withoutLint() {
        return ScopeConfig.builder()
                .name(Meter.Scope.BASE)
                .exclude(Pattern.compile(".*\\.count"))
                .build();
    }

    /** A count that only grows, read whenever it is asked for. */
    public void counter(String name, String help, LongSupplier count) {
        counter(name, help, List.of(), count);
    }

    /** A number that comes and goes, read whenever it is asked for. */
    public void gauge(String name, String help, DoubleSupplier value) {
        gauge(name, help, List.of(), value);
    }

    /**
     * Counts by label values, read whenever they are asked for. Each key holds one value per label,
     * in their order.
     */
    public void counters(
            String name,
            String help,
            List<String> labels,
            Supplier<? extends Map<List<String>, ? extends Number>> counts) {
        follow(labels, counts, (tags, count) -> counter(name, help, tags, count::asLong));
    }

    /** Numbers by label values, read whenever they are asked for. */
    public void gauges(
            String name,
            String help,
            List<String> labels,
            Supplier<? extends Map<List<String>, ? extends Number>> values) {
        follow(labels, values, (tags, value) -> gauge(name, help, tags, value::asDouble));
    }

    /** Counters by label values, moved by the room that holds them. */
    public Counters counters(String name, String help, List<String> labels) {
        return new Counters(
                series(labels, tags -> add(Counter.builder(name).description(help).tags(tags))));
    }

    /** The upper bounds of buckets, in milliseconds. */
    public static Duration[] millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** Timers with buckets by label values. */
    public Timers timers(String name, String help, List<String> labels, Duration... buckets) {
        return new Timers(
                series(
                        labels,
                        tags ->
                                add(
                                        Timer.builder(name)
                                                .description(help)
                                                .buckets(buckets)
                                                .percentiles(NONE)
                                                .tags(tags))));
    }

    /** Everything, in the text format of Prometheus or of OpenMetrics. */
    public String format(MediaType mediaType) {
        refreshers.forEach(Runnable::run);
        return MicrometerPrometheusFormatter.builder(registry)
                .resultMediaType(mediaType)
                .build()
                .format()
                .map(Object::toString)
                .orElse("");
    }

    @Override
    public void close() {
        own.forEach(meter -> changing(() -> registry.remove(meter)));
        own.clear();
        refreshers.clear();
        sources.clear();
    }

    private void counter(String name, String help, List<Tag> tags, LongSupplier count) {
        Function<LongSupplier, Long> read = LongSupplier::getAsLong;
        // Micrometer holds it weakly: a counter whose source is collected says 0.
        sources.add(count);
        add(FunctionalCounter.builder(name, count, read).description(help).tags(tags));
    }

    private void gauge(String name, String help, List<Tag> tags, DoubleSupplier value) {
        Supplier<Double> read = value::getAsDouble;
        add(Gauge.builder(name, read).description(help).tags(tags));
    }

    private <B extends Meter.Builder<B, M>, M extends Meter> M add(B builder) {
        M meter = changing(() -> registry.getOrCreate(builder));
        own.add(meter);
        return meter;
    }

    private static <T> T changing(Supplier<T> change) {
        CHANGING.lock();
        try {
            return change.get();
        } finally {
            CHANGING.unlock();
        }
    }

    /** Before each scrape, makes the series that are new and brings all of them up to date. */
    private void follow(
            List<String> labels,
            Supplier<? extends Map<List<String>, ? extends Number>> source,
            BiConsumer<List<Tag>, Reading> show) {
        Series<Reading> series =
                series(
                        labels,
                        tags -> {
                            Reading reading = new Reading();
                            show.accept(tags, reading);
                            return reading;
                        });
        refreshers.add(() -> refresh(series, source.get()));
    }

    private static void refresh(
            Series<Reading> series, Map<List<String>, ? extends Number> current) {
        Map<Reading, Double> sums = new HashMap<>();
        series.all().forEach(reading -> sums.put(reading, 0.0));
        current.forEach(
                (values, number) ->
                        sums.merge(series.of(values), number.doubleValue(), Double::sum));
        sums.forEach(Reading::set);
    }

    private static <M> Series<M> series(List<String> labels, Function<List<Tag>, M> create) {
        return new Series<>(
                labels.size(), MAX_SERIES, values -> create.apply(tags(labels, values)));
    }

    private static List<Tag> tags(List<String> labels, List<String> values) {
        List<Tag> tags = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.create(labels.get(i), values.get(i)));
        }
        return tags;
    }

    /** What a followed series said last. */
    private static final class Reading {
        private volatile double value;

        void set(double now) {
            value = now;
        }

        double asDouble() {
            return value;
        }

        long asLong() {
            return (long) value;
        }
    }

    /** Counters of one family. */
    public static final class Counters {
        private final Series<Counter> series;

        private Counters(Series<Counter> series) {
            this.series = series;
        }

        /** The counter under one value per label, for code that counts often. */
        public Counter of(String... values) {
            return series.of(List.of(values));
        }

        /** Counts one, under one value per label. */
        public void increment(String... values) {
            series.of(List.of(values)).increment();
        }

        /** Counts {@code count}, under one value per label. */
        public void add(long count, String... values) {
            series.of(List.of(values)).increment(count);
        }
    }

    /** Timers of one family. */
    public static final class Timers {
        private final Series<Timer> series;

        private Timers(Series<Timer> series) {
            this.series = series;
        }

        /** The timer under one value per label, for code that records often. */
        public Timer of(String... values) {
            return series.of(List.of(values));
        }

        /** Records a time, under one value per label. */
        public void record(long nanos, String... values) {
            series.of(List.of(values)).record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
