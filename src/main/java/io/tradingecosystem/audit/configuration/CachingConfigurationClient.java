package io.tradingecosystem.audit.configuration;

import static java.util.Objects.requireNonNull;

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
    private final Refresher keeper;
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
            Refresher keeper,
            Watches watches,
            Numbers numbers,
            Duration patience,
            LongSupplier ticker) {
        this.memory = memory;
        this.terms = memory.terms();
        this.loader = loader;
        this.keeper = keeper;
        this.watches = watches;
        this.numbers = numbers;
        this.tally = numbers.tally();
        this.patience = patience;
        this.ticker = ticker;
    }

    @Override
    public ConfigurationValue get(String key) {
        CacheEntry slot = memory.slot(key);
        return find(slot).orElseThrow(() -> missing(slot));
    }

    @Override
    public ConfigurationValue get(String key, String otherwise) {
        requireNonNull(otherwise, "otherwise is null");
        return find(key).orElseGet(() -> memory.own(key, otherwise));
    }

    @Override
    public Optional<ConfigurationValue> find(String key) {
        return find(memory.slot(key));
    }

    @Override
    public Map<String, ConfigurationValue> getAll(Collection<String> keys) {
        long now = ticker.getAsLong();
        for (String key : keys) {
            CacheEntry slot = memory.slot(key);
            CachedValue knowledge = slot.knowledge();
            if (knowledge.standing(now, terms) == Standing.COLD && knowledge.mayLoad(now, terms)) {
                send(slot);
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
        memory.slot(key);
        Subscription subscription = watches.add(key, requireNonNull(listener, "listener is null"));
        keeper.wake();
        return subscription;
    }

    @Override
    public void requestRefresh() {
        keeper.refreshAll();
    }

    @Override
    public ConfigurationStatistics statistics() {
        return numbers.statistics(memory.size(), ticker.getAsLong());
    }

    @Override
    public void close() {
        loader.close();
        keeper.close();
    }

    private Optional<ConfigurationValue> find(CacheEntry slot) {
        CachedValue knowledge = slot.knowledge();
        long now = ticker.getAsLong();
        Standing standing = knowledge.standing(now, terms);
        switch (standing) {
            case FRESH -> tally.hit();
            case STALE -> {
                tally.staleHit();
                if (knowledge.mayLoad(now, terms)) {
                    send(slot);
                }
            }
            case ABSENT -> tally.hit();
            case COLD -> {
                tally.miss();
                if (knowledge.mayLoad(now, terms)) {
                    await(send(slot));
                }
                return memory.current(slot, ticker.getAsLong());
            }
        }
        Optional<ConfigurationValue> value = knowledge.value(standing);
        return value.isPresent() ? value : memory.otherwise(slot.key());
    }

    private InFlightLoad send(CacheEntry slot) {
        return loader.load(slot, knowledge -> isWanted(knowledge, ticker.getAsLong()));
    }

    private boolean isWanted(CachedValue knowledge, long now) {
        return switch (knowledge.standing(now, terms)) {
            case FRESH, ABSENT -> false;
            case STALE, COLD -> knowledge.mayLoad(now, terms);
        };
    }

    /** Waits, but not longer than a caller should; the load goes on and is of use to others. */
    private void await(InFlightLoad load) {
        try {
            boolean ended = load.await(patience);
            if (!ended) {
                LOG.debug("configuration.caller_gave_up", "after", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ConfigurationException missing(CacheEntry slot) {
        String key = slot.key();
        CachedValue knowledge = slot.knowledge();
        if (knowledge.known() instanceof Known.Absent && knowledge.failed().isEmpty()) {
            return new ConfigurationException(
                    key,
                    Reason.UNKNOWN_KEY,
                    "%s has no value: %s does not know it, and it has no default"
                            .formatted(key, numbers.service()));
        }
        String why =
                knowledge
                        .failed()
                        .map(failed -> failed.failure().toString())
                        .orElse("it was not asked");
        return new ConfigurationException(
                key,
                Reason.UNAVAILABLE,
                "%s has no value: %s could not be asked (%s), and it has no default"
                        .formatted(key, numbers.service(), why));
    }
}
