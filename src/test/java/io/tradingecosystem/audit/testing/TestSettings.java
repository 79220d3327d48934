package io.tradingecosystem.audit.testing;

import io.tradingecosystem.audit.settings.Settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * Settings for tests: ports of the system's choice on loopback, a log of its own for each, no
 * configuration service, everything else as by default.
 */
public final class TestSettings {
    private TestSettings() {}

    /** The defaults of tests with changes, by key. */
    public static Settings of(Map<String, String> changes) {
        return of(Optional.empty(), changes);
    }

    /** The same with a file, for tables. */
    public static Settings of(Optional<Path> file, Map<String, String> changes) {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.http.host", "127.0.0.1");
        properties.put("server.grpc.port", "0");
        properties.put("server.grpc.host", "127.0.0.1");
        properties.put("configuration.address", "off");
        properties.put("configuration.snapshot", "");
        properties.put(
                "store.path",
                Path.of("target", "test-data", UUID.randomUUID().toString()).toString());
        properties.putAll(changes);
        return Settings.load(file, Map.of(), properties).settings();
    }
}
