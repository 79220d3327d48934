package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class RuntimeSettingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeConfigurationService service = FakeConfigurationService.start();
    private final Settings settings =
            TestSettings.of(
                    Map.of(
                            "configuration.address", "url",
                            "configuration.url", service.uri().toString(),
                            "configuration.cache-ttl", "100ms",
                            "configuration.unknown-ttl", "100ms",
                            "store.retention-age", "45d"));
    private final ConfigurationClient client =
            ConfigurationClient.builder(settings.configuration()).start();
    private final RuntimeSettings values = new RuntimeSettings(client);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void shouldKeepEventsAsLongAsTheServiceSaysAndElseAsTheSettingsSay() {
        List<Duration> kept = new CopyOnWriteArrayList<>();

        values.retention(settings.store(), kept::add);
        await().atMost(PATIENCE).until(() -> kept.equals(List.of(Duration.ofDays(45))));

        // As many as our default says, but now somebody means it.
        service.put("audit.retention_days", "90", "number");
        await().atMost(PATIENCE).until(() -> last(kept).equals(Duration.ofDays(90)));
        service.put("audit.retention_days", "7", "number");
        await().atMost(PATIENCE).until(() -> last(kept).equals(Duration.ofDays(7)));
        service.remove("audit.retention_days");
        client.requestRefresh();
        await().atMost(PATIENCE).until(() -> last(kept).equals(Duration.ofDays(45)));
    }

    @Test
    void shouldNotDeleteEverythingForAWrongNumber() {
        List<Duration> kept = new CopyOnWriteArrayList<>();
        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage())) {
            service.put("audit.retention_days", "0", "number");
            values.retention(settings.store(), kept::add);

            await().atMost(PATIENCE)
                    .until(() -> !log.lines("configuration.value_unusable").isEmpty());

            assertThat(log.lines("configuration.value_unusable").getFirst())
                    .contains("audit.retention_days is \"0\"")
                    .contains("from 1 to 36500");
            assertThat(kept).allMatch(Duration.ofDays(45)::equals);
        }
    }

    @Test
    void shouldSwitchLinkingOffAndOn() {
        List<Boolean> enabled = new CopyOnWriteArrayList<>();

        values.correlation(true, enabled::add);
        service.put("audit.correlation.enabled", "false", "bool");
        await().atMost(PATIENCE).until(() -> enabled.equals(List.of(true, false)));
        service.put("audit.correlation.enabled", "true", "boolean");

        await().atMost(PATIENCE).until(() -> enabled.equals(List.of(true, false, true)));
    }

    @Test
    void shouldSayThatThereIsNoOtherStorage() {
        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage())) {
            service.put("audit.storage.backend", "postgres", "string");
            values.storage();

            await().atMost(PATIENCE)
                    .until(() -> !log.lines("configuration.value_unusable").isEmpty());
            assertThat(log.lines("configuration.value_unusable").getFirst())
                    .contains("audit.storage.backend is \"postgres\"")
                    .contains("it stays rocksdb");
        }
    }

    private static Duration last(List<Duration> durations) {
        return durations.getLast();
    }
}
