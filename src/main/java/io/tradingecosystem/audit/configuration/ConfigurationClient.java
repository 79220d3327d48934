package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.settings.ConfigurationSettings;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Values that can change at run time. A value is taken from the first that has it: the environment
 * ({@code AUDIT_RETENTION_DAYS} for {@code audit.retention_days}), the configuration service, what
 * the service answered an earlier process, the defaults of the settings.
 *
 * {@snippet file="configuration/ConfigurationExampleTest.java" region="client"}
 *
 * <p>An answer of the service is fresh for {@code cache-ttl}. Then it serves on, marked stale,
 * while it is confirmed behind the caller's back, for at most {@code max-stale}. Only who asks for
 * a key of which nothing is known waits for the service, together with all others who ask for it,
 * and at most for {@code timeout}; that a load failed is remembered for {@code failure-ttl}. Keys
 * that have defaults or listeners are confirmed before they become stale.
 *
 * <p>Whatever happens to the service, no method throws for it unless it says so. Thread-safe.
 */
public interface ConfigurationClient extends AutoCloseable {
    /** A client to be set up and started. */
    static ConfigurationClientBuilder builder(ConfigurationSettings settings) {
        return new ConfigurationClientBuilder(settings);
    }

    /**
     * The value of a key.
     *
     * @throws ConfigurationException if nobody has one
     * @throws IllegalArgumentException if the key is blank or has more than 256 characters
     */
    ConfigurationValue get(String key);

    /** The value of a key, or {@code otherwise} where nobody, the defaults included, has one. */
    ConfigurationValue get(String key, String otherwise);

    /** The value of a key; empty if nobody has one. */
    Optional<ConfigurationValue> find(String key);

    /**
     * The values of several keys, loaded side by side where they have to be; keys without a value
     * are left out.
     */
    Map<String, ConfigurationValue> getAll(Collection<String> keys);

    /** All values that are known at the moment, by key in order; asks nobody. */
    Map<String, ConfigurationValue> getAll();

    /**
     * Tells a listener the value of a key: the one that is known now, if any, before this returns,
     * and then each that differs from the last, be it in that it is a default no longer. A key that
     * is withdrawn falls back to its default; without one the listener keeps the value it was given
     * last. A listener that cannot use a value throws what the conversion threw: it is logged, and
     * told to again with the next change. It is called on the client's threads, one call at a time,
     * and must not block.
     */
    Subscription onChange(String key, Consumer<ConfigurationValue> listener);

    /** Asks for every remembered key to be confirmed now. Returns at once. */
    void requestRefresh();

    /** What the client did so far and how it is. */
    ConfigurationStatistics statistics();

    /** Stops loading and writes the snapshot. What is known can still be asked for. */
    @Override
    void close();
}
