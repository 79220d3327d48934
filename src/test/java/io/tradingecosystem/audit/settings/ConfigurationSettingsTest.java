package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.settings.ConfigurationSettings.Address;
import io.tradingecosystem.audit.settings.ConfigurationSettings.Breaker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

class ConfigurationSettingsTest {
    @TempDir Path directory;

    @Test
    void shouldHaveDefaults() {
        assertThat(load(Optional.empty(), Map.of()))
                .isEqualTo(
                        new ConfigurationSettings(
                                Address.URL,
                                URI.create("http://localhost:8090"),
                                "{url}/api/v1/configuration/{key}",
                                Duration.ofMinutes(5),
                                Duration.ofHours(24),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2),
                                3,
                                1_000,
                                64 << 10,
                                Optional.of(Path.of("data/configuration.snapshot")),
                                new Breaker(10, 60, Duration.ofSeconds(5)),
                                Map.of(
                                        "audit.retention_days", "90",
                                        "audit.correlation.enabled", "true",
                                        "audit.storage.backend", "rocksdb")));
    }

    @Test
    void shouldReadEveryKey() throws IOException {
        Path file =
                file(
                        """
                        configuration:
                          address: registry
                          url: https://config:8091/base
                          path: "{url}/configuration?key={key}&environment={environment}"
                          cache-ttl: 1m
                          max-stale: 2h
                          unknown-ttl: 3s
                          failure-ttl: 4s
                          timeout: 5s
                          connect-timeout: 600ms
                          attempts: 7
                          max-keys: 80
                          max-answer-size: 9KiB
                          snapshot: ""
                          breaker:
                            calls: 10
                            error-percent: 11
                            delay: 12s
                          defaults:
                            a.b: 13
                        """);

        assertThat(load(Optional.of(file), Map.of()))
                .usingRecursiveComparison()
                .ignoringFields("defaults")
                .isEqualTo(
                        new ConfigurationSettings(
                                Address.REGISTRY,
                                URI.create("https://config:8091/base"),
                                "{url}/configuration?key={key}&environment={environment}",
                                Duration.ofMinutes(1),
                                Duration.ofHours(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(600),
                                7,
                                80,
                                9 << 10,
                                Optional.empty(),
                                new Breaker(10, 11, Duration.ofSeconds(12)),
                                Map.of()));
    }

    @Test
    void shouldAddTheDefaultsOfTheFileToOwnOnes() throws IOException {
        Path file =
                file(
                        """
                        configuration:
                          defaults:
                            audit.retention_days: 7
                            other:
                              nested.key: one
                              flag: false
                        """);

        Map<String, String> defaults =
                load(Optional.of(file), Map.of("CONFIGURATION_DEFAULTS_OTHER_FLAG", "true"))
                        .defaults();

        assertThat(defaults)
                .containsOnly(
                        Map.entry("audit.retention_days", "7"),
                        Map.entry("audit.correlation.enabled", "true"),
                        Map.entry("audit.storage.backend", "rocksdb"),
                        Map.entry("other.nested.key", "one"),
                        Map.entry("other.flag", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address         | nowhere                   | one of url, registry, off",
                "url             | localhost:8090            | a URI with a host",
                "url             | http://me:secret@host     | without credentials",
                "path            | {url}/configuration       | has {key}",
                "path            | /configuration/{key}      | begins with {url}/",
                "path            | {url}/{key}/{tenant}      | perhaps {environment}",
                "path            | {url}/{key}/{             | perhaps {environment}",
                "cache-ttl       | 5                         | a duration like",
                "max-stale       | 1m                        | at least the cache-ttl",
                "attempts        | 0                         | a whole number from 1",
                "max-answer-size | 1GiB                      | a size in bytes",
                "breaker.delay   | never                     | a duration like",
            })
    void shouldSayWhatIsAllowed(String key, String value, String allowed) {
        Properties properties = new Properties();
        properties.put("configuration." + key, value);

        assertThatThrownBy(() -> Settings.load(Optional.empty(), Map.of(), properties))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("configuration." + key)
                .hasMessageContaining(allowed)
                .hasMessageNotContaining("secret");
    }

    private ConfigurationSettings load(Optional<Path> file, Map<String, String> environment) {
        return Settings.load(file, environment, new Properties()).settings().configuration();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("test.yaml"), yaml);
    }
}
