package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.configuration.ConfigurationValue;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.EventStore;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What of the service obeys values that can change at run time. Where nobody but our own defaults
 * gives a value, the settings of the room stand.
 */
final class RuntimeSettings {
    private static final EventLogger LOG = EventLogger.of(RuntimeSettings.class);
    private static final String BACKEND = "rocksdb";
    private static final int MAX_DAYS = 36_500;

    private final ConfigurationClient client;

    RuntimeSettings(ConfigurationClient client) {
        this.client = client;
    }

    /** Lets parts of the service obey every value that they can. */
    static void obey(
            Settings settings,
            ConfigurationClient configuration,
            EventStore store,
            LinkService links) {
        RuntimeSettings values = new RuntimeSettings(configuration);
        values.retention(settings.store(), store::keepFor);
        values.correlation(settings.correlation().enabled(), links::enable);
        values.storage();
    }

    /** {@code audit.retention_days}: how long events are kept. */
    void retention(StoreSettings settings, Consumer<Duration> keepFor) {
        client.onChange(
                "audit.retention_days",
                value -> {
                    Duration age =
                            value.isDefault()
                                    ? settings.retentionAge()
                                    : Duration.ofDays(days(value));
                    keepFor.accept(age);
                    reported(value, "keeping events for", Durations.format(age));
                });
    }

    /** {@code audit.correlation.enabled}: whether events are linked. */
    void correlation(boolean setting, Consumer<Boolean> enable) {
        client.onChange(
                "audit.correlation.enabled",
                value -> {
                    boolean enabled = value.isDefault() ? setting : value.asBoolean();
                    enable.accept(enabled);
                    reported(value, "linking events", enabled);
                });
    }

    /** {@code audit.storage.backend}: there is one, and it cannot be changed at run time. */
    void storage() {
        client.onChange(
                "audit.storage.backend",
                value -> {
                    if (!value.asString().equalsIgnoreCase(BACKEND)) {
                        throw value.unfit("storage that is here; it stays " + BACKEND);
                    }
                });
    }

    /** Zero days would be the end of everything that is kept; nobody means that. */
    private static int days(ConfigurationValue value) {
        int days = value.asInt();
        if (days < 1 || days > MAX_DAYS) {
            throw value.unfit("number of days from 1 to " + MAX_DAYS);
        }
        return days;
    }

    private static void reported(ConfigurationValue value, String what, Object setting) {
        if (value.isDefault()) {
            LOG.debug("configuration.applied", "key", value.key(), "meaning", what + " " + setting);
        } else {
            LOG.info(
                    "configuration.applied",
                    "key",
                    value.key(),
                    "from",
                    value.source(),
                    "meaning",
                    what + " " + setting);
        }
    }
}
