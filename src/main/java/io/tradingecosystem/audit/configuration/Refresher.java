package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.configuration.CachedValue.Known;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Confirms the keys that have defaults or listeners before they become stale, looks for a service
 * that is away, and writes the snapshot; on a virtual thread of its own.
 */
final class Refresher implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Refresher.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration MIN_GAP = Duration.ofSeconds(1);
    private static final Duration MAX_LOAD_TIME = Duration.ofMinutes(15);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration SHORTEST_REST = Duration.ofMillis(50);

    /** The part of its fresh time after which an answer is confirmed. */
    private static final double EARLY = 0.8;

    private static final int LOOKS_WHILE_FRESH = 10;

    private final ValueCache memory;
    private final Loader loader;
    private final Snapshots snapshots;
    private final Watches watches;
    private final LongSupplier ticker;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final RecurringTask task;
    private final AtomicBoolean all = new AtomicBoolean();

    Refresher(
            ValueCache memory,
            Loader loader,
            Snapshots snapshots,
            Watches watches,
            LongSupplier ticker,
            RandomGenerator random) {
        this.memory = memory;
        this.loader = loader;
        this.snapshots = snapshots;
        this.watches = watches;
        this.ticker = ticker;
        this.random = random;
        this.backoff = new Backoff(FIRST_RETRY, LAST_RETRY, random);
        // However often it is woken, the disk is written at most once in a gap.
        this.task =
                RecurringTask.builder("configuration-keep", this::round, Refresher::failed)
                        .minGap(MIN_GAP)
                        .build();
    }

    void start() {
        loader.onLoad(
                key -> {
                    watches.look(key);
                    wake();
                });
        task.start();
    }

    /** There may be something to do. */
    void wake() {
        task.wake();
    }

    void refreshAll() {
        all.set(true);
        task.wakeUrgently();
    }

    /** Lets what is under way end, then writes what is known. */
    @Override
    public void close() {
        task.close(FAREWELL);
        save();
    }

    private Duration round() throws InterruptedException {
        boolean everything = all.getAndSet(false);
        boolean reached = confirm(due(everything));
        if (everything && !reached) {
            all.set(true);
        }
        watches.look();
        save();
        return reached ? Backoff.jittered(rest(), random) : backoff.afterFailure();
    }

    private static Duration failed(Throwable failure) {
        LOG.error("configuration.keeper_failed", failure);
        return LAST_RETRY;
    }

    /** Confirms one after the other; false at the first that finds the service away. */
    private boolean confirm(List<CacheEntry> entries) throws InterruptedException {
        for (CacheEntry entry : entries) {
            CachedValue before = entry.cached();
            InFlightLoad load = loader.load(entry, now -> now.equals(before));
            boolean ended = load.await(MAX_LOAD_TIME);
            boolean away =
                    entry.cached()
                            .failed()
                            .filter(failed -> failed.failure().concernsTheService())
                            .isPresent();
            if (away || !ended || task.isClosing()) {
                return false;
            }
        }
        backoff.reset();
        return true;
    }

    private List<CacheEntry> due(boolean everything) {
        Set<String> keys = new LinkedHashSet<>(memory.defaultKeys());
        keys.addAll(watches.keys());
        List<CacheEntry> entries = new ArrayList<>();
        long now = ticker.getAsLong();
        keys.forEach(key -> entries.add(memory.entry(key)));
        if (everything) {
            memory.entries().stream()
                    .filter(entry -> !keys.contains(entry.key()))
                    .forEach(entries::add);
        }
        entries.removeIf(entry -> entry.cached().known() instanceof Known.Fixed);
        if (!everything) {
            entries.removeIf(entry -> !isDue(entry.cached().known(), now));
        }
        return entries;
    }

    private boolean isDue(Known known, long now) {
        Terms terms = memory.terms();
        return switch (known) {
            case Known.Fixed fixed -> false;
            case Known.Nothing nothing -> true;
            case Known.Value value ->
                    value.restored() || now - value.confirmed() >= terms.fresh() * EARLY;
            case Known.Absent absent -> now - absent.confirmed() >= terms.unknown();
        };
    }

    /** Until the next key may be due. */
    private Duration rest() {
        Terms terms = memory.terms();
        Duration rest =
                Duration.ofNanos(Math.min(terms.fresh() / LOOKS_WHILE_FRESH, terms.unknown()));
        return rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest;
    }

    private void save() {
        snapshots.save(
                () -> {
                    long now = ticker.getAsLong();
                    List<ConfigurationValue> values = new ArrayList<>();
                    memory.entries()
                            .forEach(
                                    entry -> {
                                        CachedValue cached = entry.cached();
                                        if (cached.known() instanceof Known.Value) {
                                            cached.value(cached.standing(now, memory.terms()))
                                                    .ifPresent(values::add);
                                        }
                                    });
                    return values;
                });
    }
}
