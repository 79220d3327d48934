package io.tradingecosystem.audit.configuration;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;
import io.tradingecosystem.audit.settings.ConfigurationSettings;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every key that was asked for lately, and the values of our own: the environment's, which stand
 * above all others, and the defaults, which stand below. Thread-safe.
 */
final class ValueCache {
    private static final int MAX_KEY_LENGTH = 256;

    private final Cache<String, CacheEntry> entries;
    private final Map<String, Optional<ConfigurationValue>> defaults = new HashMap<>();
    private final Map<String, String> environment;
    private final Terms terms;
    private final Instant start;
    private final boolean alone;

    /**
     * @param environment the variables of this process; {@code AUDIT_RETENTION_DAYS} is the value
     *     of {@code audit.retention_days}
     */
    ValueCache(ConfigurationSettings settings, Map<String, String> environment, Instant start) {
        this.entries = Caffeine.newBuilder().maximumSize(settings.maxKeys()).build();
        this.environment = Map.copyOf(environment);
        this.terms = Terms.of(settings);
        this.start = start;
        this.alone = settings.address() == ConfigurationSettings.Address.OFF;
        settings.defaults()
                .forEach(
                        (key, raw) ->
                                defaults.put(
                                        key,
                                        Optional.of(
                                                ConfigurationValue.own(
                                                        key, raw, Source.DEFAULT, start))));
    }

    Terms terms() {
        return terms;
    }

    CacheEntry entry(String key) {
        CacheEntry known = entries.getIfPresent(requireNonNull(key, "key is null"));
        return known != null ? known : entries.get(checked(key), this::create);
    }

    /** Remembers what an earlier process knew, unless something is known already. */
    void restore(String key, CachedValue cached) {
        if (inEnvironment(key).isEmpty()) {
            entries.asMap().putIfAbsent(key, new CacheEntry(key, cached));
        }
    }

    Collection<CacheEntry> entries() {
        return entries.asMap().values();
    }

    long size() {
        return entries.estimatedSize();
    }

    /** The value of a key as far as it is known, without asking anybody. */
    Optional<ConfigurationValue> current(String key, long tick) {
        CacheEntry entry = entries.getIfPresent(key);
        return current(entry != null ? entry : create(key), tick);
    }

    /** The same, also where the key was forgotten meanwhile. */
    Optional<ConfigurationValue> current(CacheEntry entry, long tick) {
        CachedValue cached = entry.cached();
        Optional<ConfigurationValue> value = cached.value(cached.standing(tick, terms));
        return value.isPresent() ? value : otherwise(entry.key());
    }

    /** The default of a key. */
    Optional<ConfigurationValue> otherwise(String key) {
        return defaults.getOrDefault(key, Optional.empty());
    }

    /** The keys that have defaults. */
    Set<String> defaultKeys() {
        return defaults.keySet();
    }

    /** All keys of which anything is known, in order. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(defaults.keySet());
        keys.addAll(entries.asMap().keySet());
        return keys;
    }

    ConfigurationValue own(String key, String raw) {
        return ConfigurationValue.own(key, raw, Source.DEFAULT, start);
    }

    private CacheEntry create(String key) {
        Optional<ConfigurationValue> own =
                inEnvironment(key)
                        .map(raw -> ConfigurationValue.own(key, raw, Source.ENVIRONMENT, start));
        boolean fixed = alone || own.isPresent();
        return new CacheEntry(key, fixed ? CachedValue.fixed(own) : CachedValue.NOTHING);
    }

    /** Keys without a dot are left alone: PATH and HOME mean something else. */
    private Optional<String> inEnvironment(String key) {
        if (key.indexOf('.') < 0) {
            return Optional.empty();
        }
        String name = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Optional.ofNullable(environment.get(name)).filter(raw -> !raw.isBlank());
    }

    private static String checked(String key) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + MAX_KEY_LENGTH + " characters, this has " + key.length());
        }
        return key;
    }
}
