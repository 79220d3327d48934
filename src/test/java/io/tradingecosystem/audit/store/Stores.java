package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;

/** Logs for tests: small, and as durable as the test needs. */
final class Stores {
    private Stores() {}

    static StoreSettings settings(Path path, Durability durability) {
        return settings(path, durability, 0);
    }

    /** With so many bytes of the disk to be left free. */
    static StoreSettings settings(Path path, long minFreeSpace) {
        return settings(path, Durability.OS, minFreeSpace);
    }

    private static StoreSettings settings(Path path, Durability durability, long minFreeSpace) {
        return new StoreSettings(
                path,
                durability,
                65_536,
                64 << 20,
                Set.of("order_id", "symbol"),
                Duration.ofDays(90),
                20L << 30,
                OptionalLong.of(64 << 20),
                minFreeSpace);
    }

    static EventStore open(Path path, InstantSource clock) {
        return open(settings(path, Durability.OS), clock);
    }

    static EventStore open(StoreSettings settings, InstantSource clock) {
        return EventStore.open(settings, StoreObserver.NONE, new Time(clock, System::nanoTime));
    }
}
