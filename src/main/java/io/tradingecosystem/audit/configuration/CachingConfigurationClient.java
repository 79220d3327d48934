package io.tradingecosystem.audit.configuration;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.configuration.CachedValue.Known;
import io.tradingecosystem.audit.configuration.CachedValue.Standing;
import io.tradingecosystem.audit.configuration.ConfigurationException.Reason;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Answers from memory, and sends for what is not there. */
final class CachingConfigurationClient implements ConfigurationClient {
    private static final EventLogger LOG = EventLogger.of(CachingConfigurationClient.class);

    private final ValueCache memory;
    private final Terms terms;
    private final Loader loader;
    private final Refresher refresher;
    private final Watches watches;
    private final Numbers numbers;
    private final Tally tally;
    private final Duration patience;
    private final LongSupplier ticker;

    /**
     * @param patience how long a caller waits for a load
     */
    CachingConfigurationClient(
            ValueCache memory,
            Loader loader,
            Refresher refresher,
            Watches watches,
            Numbers numbers,
            Duration patience,
            LongSupplier ticker) {
        this.memory = memory;
        this.terms = memory.terms();
        this.loader = loader;
        this.refresher = refresher;
        this.watches = watches;
        this.numbers = numbers;
        this.tally = numbers.tally();
        this.patience = patience;
        this.ticker = ticker;
    }

    @Override
    public ConfigurationValue get(String key) {
        CacheEntry entry = memory.entry(key);
        return find(entry).orElseThrow(() -> missing(entry));
    }

    @Override
    public ConfigurationValue get(String key, String otherwise) {
        requireNonNull(otherwise, "otherwise is null");
        return find(key).orElseGet(() -> memory.own(key, otherwise));
    }

    @Override
    public Optional<ConfigurationValue> find(String key) {
        return find(memory.entry(key));
    }

    @Override
    public Map<String, ConfigurationValue> getAll(Collection<String> keys) {
        long now = ticker.getAsLong();
        for (String key : keys) {
            CacheEntry entry = memory.entry(key);
            CachedValue cached = entry.cached();
            if (cached.standing(now, terms) == Standing.COLD && cached.mayLoad(now, terms)) {
                send(entry);
            }
        }
        Map<String, ConfigurationValue> values = new LinkedHashMap<>();
        keys.forEach(key -> find(key).ifPresent(value -> values.put(key, value)));
        return values;
    }

    @Override
    public Map<String, ConfigurationValue> getAll() {
        long now = ticker.getAsLong();
        Map<String, ConfigurationValue> values = new LinkedHashMap<>();
        memory.keys()
                .forEach(
                        key -> memory.current(key, now).ifPresent(value -> values.put(key, value)));
        return values;
    }

    @Override
    public Subscription onChange(String key, Consumer<ConfigurationValue> listener) {
        memory.entry(key);
        Subscription subscription = watches.add(key, requireNonNull(listener, "listener is null"));
        refresher.wake();
        return subscription;
    }

    @Override
    public void requestRefresh() {
        refresher.refreshAll();
    }

    @Override
    public ConfigurationStatistics statistics() {
        return numbers.statistics(memory.size(), ticker.getAsLong());
    }

    @Override
    public void close() {
        loader.close();
        refresher.close();
    }

    private Optional<ConfigurationValue> find(CacheEntry entry) {
        CachedValue cached = entry.cached();
        long now = ticker.getAsLong();
        Standing standing = cached.standing(now, terms);
        switch (standing) {
            case FRESH -> tally.hit();
            case STALE -> {
                tally.staleHit();
                if (cached.mayLoad(now, terms)) {
                    send(entry);
                }
            }
            case ABSENT -> tally.hit();
            case COLD -> {
                tally.miss();
                if (cached.mayLoad(now, terms)) {
                    await(send(entry));
                }
                return memory.current(entry, ticker.getAsLong());
            }
        }
        Optional<ConfigurationValue> value = cached.value(standing);
        return value.isPresent() ? value : memory.otherwise(entry.key());
    }

    private InFlightLoad send(CacheEntry entry) {
        return loader.load(entry, cached -> isWanted(cached, ticker.getAsLong()));
    }

    private boolean isWanted(CachedValue cached, long now) {
        return switch (cached.standing(now, terms)) {
            case FRESH, ABSENT -> false;
            case STALE, COLD -> cached.mayLoad(now, terms);
        };
    }

    /** Waits, but not longer than a caller should; the load goes on and is of use to others. */
    private void await(InFlightLoad load) {
        Threads.untilInterrupted(
                () -> {
                    if (!load.await(patience)) {
                        LOG.debug("configuration.caller_gave_up", "after", patience);
                    }
                });
    }

    private ConfigurationException missing(CacheEntry entry) {
        String key = entry.key();
        CachedValue cached = entry.cached();
        if (cached.known() instanceof Known.Absent && cached.failed().isEmpty()) {
            return new ConfigurationException(
                    key,
                    Reason.UNKNOWN_KEY,
                    "%s has no value: %s does not know it, and it has no default"
                            .formatted(key, numbers.service()));
        }
        String why =
                cached.failed()
                        .map(failed -> failed.failure().toString())
                        .orElse("it was not asked");
        return new ConfigurationException(
                key,
                Reason.UNAVAILABLE,
                "%s has no value: %s could not be asked (%s), and it has no default"
                        .formatted(key, numbers.service(), why));
    }
}
