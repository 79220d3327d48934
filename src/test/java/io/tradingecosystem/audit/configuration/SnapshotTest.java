package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.configuration.ConfigurationValue.Freshness;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known after a restart while the service is away. */
class SnapshotTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeConfigurationService service = FakeConfigurationService.start();
    private final ManualClock clock = ManualClock.at(NOON);
    @TempDir Path directory;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldServeARestartWhileTheServiceIsAway() {
        service.put("audit.retention_days", "7", "number").put("some.key", "{\\\"a\\\":1}", "json");
        try (ConfigurationClient client = open()) {
            client.get("some.key");
            client.get("audit.retention_days");
        }
        service.stop();
        clock.jump(Duration.ofHours(1));

        try (ConfigurationClient client = open()) {
            ConfigurationValue value = client.get("some.key");

            assertThat(value)
                    .returns("{\"a\":1}", ConfigurationValue::asString)
                    .returns(ValueType.JSON, ConfigurationValue::type)
                    .returns(Source.SNAPSHOT, ConfigurationValue::source)
                    .returns(Freshness.STALE, ConfigurationValue::freshness)
                    .returns(NOON, ConfigurationValue::asOf);
            assertThat(value.lastUpdated()).contains(NOON);
            assertThat(value.age(clock.instant())).isEqualTo(Duration.ofHours(1));
            assertThat(client.get("audit.retention_days").asInt()).isEqualTo(7);
            assertThat(client.get("audit.storage.backend").source()).isEqualTo(Source.DEFAULT);
            assertThat(client.statistics().snapshot().restored()).isEqualTo(2);
        }
    }

    @Test
    void shouldConfirmWhatItRestoredWhenTheServiceIsThere() {
        service.put("some.key", "1", "number");
        try (ConfigurationClient client = open()) {
            client.get("some.key");
        }
        service.put("some.key", "2", "number");

        try (ConfigurationClient client = open()) {
            assertThat(client.get("some.key").asInt()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> client.get("some.key").asInt() == 2);
            assertThat(client.get("some.key"))
                    .returns(Source.SERVICE, ConfigurationValue::source)
                    .returns(Freshness.FRESH, ConfigurationValue::freshness);
        }
    }

    @Test
    void shouldNotServeWhatIsTooOldNorWhatWasWithdrawn() {
        service.put("old.key", "1", "number").put("audit.retention_days", "7", "number");
        try (ConfigurationClient client = open()) {
            client.get("old.key");
            client.get("audit.retention_days");
            service.remove("audit.retention_days");
            client.requestRefresh();
            await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 90);
        }
        service.stop();

        clock.jump(Duration.ofHours(23));
        try (ConfigurationClient client = open()) {
            assertThat(client.get("old.key").asInt()).isEqualTo(1);
            assertThat(client.get("audit.retention_days").asInt()).isEqualTo(90);
        }
        clock.jump(Duration.ofHours(1));
        try (ConfigurationClient client = open()) {
            assertThat(client.find("old.key")).isEmpty();
        }
    }

    @Test
    void shouldBeOnDiskSoonAfterALoad() {
        service.put("some.key", "1", "number");
        try (ConfigurationClient client = open()) {
            client.get("some.key");

            await().atMost(PATIENCE).until(() -> content().contains("some.key"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "configuration-snapshot 1 sha256=00\n{}",
                "configuration-snapshot 2"
                    + " sha256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n"
                    + "{}",
            })
    void shouldKeepAsideWhatItCannotUse(String content) throws IOException {
        Files.writeString(file(), content);
        service.stop();
        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage());
                ConfigurationClient client = open()) {
            assertThat(client.get("audit.retention_days").asInt()).isEqualTo(90);

            assertThat(log.lines("configuration.snapshot_unusable"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(file().toString()));
        }
        assertThat(directory.resolve("configuration.snapshot.unusable")).hasContent(content);
    }

    @Test
    void shouldNoticeEveryFlippedBitAndEveryMissingByte() throws IOException {
        SnapshotFile target = new SnapshotFile(file(), "test");
        target.write(List.of(value("some.key", "1"), value("other.key", "2")));
        byte[] good = Files.readAllBytes(file());

        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file(), bad);
            assertThat(isUsable(target)).as("byte %d", i).isFalse();
            Files.write(file(), Arrays.copyOf(good, i));
            assertThat(isUsable(target)).as("first %d bytes", i).isFalse();
        }
        Files.write(file(), good);
        assertThat(isUsable(target)).isTrue();
    }

    @Test
    void shouldNotMixUpEnvironments() throws IOException {
        new SnapshotFile(file(), "production").write(List.of(value("some.key", "1")));
        service.stop();

        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage());
                ConfigurationClient client = open()) {
            assertThat(client.find("some.key")).isEmpty();
            assertThat(log.lines("configuration.snapshot_unusable"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("environment production"));
        }
    }

    @Test
    void shouldWriteNoMoreThanItReads() throws Exception {
        List<ConfigurationValue> values = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            values.add(value("key." + i, "ü".repeat(500_000)));
        }
        SnapshotFile target = new SnapshotFile(file(), "test");

        int written = target.write(values);

        assertThat(written).isBetween(10, 17);
        assertThat(Files.size(file())).isLessThanOrEqualTo(SnapshotFile.MAX_BYTES);
        assertThat(target.read()).isEqualTo(values.subList(0, written));
    }

    @Test
    void shouldSayOnceThatItCannotBeWrittenAndOnceThatItCanAgain() throws IOException {
        Path occupied = Files.writeString(directory.resolve("occupied"), "a file, no directory");
        service.put("audit.retention_days", "1", "number");
        try (CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage());
                ConfigurationClient client =
                        open("snapshot", occupied.resolve("snapshot").toString())) {
            await().atMost(PATIENCE).until(() -> client.statistics().snapshot().failed() >= 1);
            client.requestRefresh();
            await().atMost(PATIENCE).until(() -> client.statistics().snapshot().failed() >= 2);
            assertThat(log.lines("configuration.snapshot_failed")).hasSize(1);

            Files.delete(occupied);
            client.requestRefresh();

            await().atMost(PATIENCE).until(() -> client.statistics().snapshot().written() >= 1);
            assertThat(log.lines("configuration.snapshot_written_again")).hasSize(1);
        }
    }

    @Test
    void shouldRemoveWhatAKilledProcessLeftHalfWritten() throws IOException {
        Path left = Files.writeString(directory.resolve("configuration.snapshot.1.tmp"), "half");
        Path other = Files.writeString(directory.resolve("configuration.snapshot.2.tmp"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        open().close();

        assertThat(left).doesNotExist();
        // Perhaps another process is just writing it.
        assertThat(other).exists();
    }

    private boolean isUsable(SnapshotFile target) throws IOException {
        try {
            return target.read().size() == 2;
        } catch (SnapshotFile.UnusableSnapshotException e) {
            return false;
        }
    }

    private String content() throws IOException {
        return Files.exists(file())
                ? new String(Files.readAllBytes(file()), StandardCharsets.UTF_8)
                : "";
    }

    private Path file() {
        return directory.resolve("configuration.snapshot");
    }

    private ConfigurationClient open(String... changes) {
        String[] all =
                Stream.concat(Stream.of("snapshot", file().toString()), Stream.of(changes))
                        .toArray(String[]::new);
        return ConfigurationClient.builder(Configurations.settings(service, all))
                .environment("test")
                .clock(clock)
                .start();
    }

    private static ConfigurationValue value(String key, String raw) {
        return new ConfigurationValue(
                key,
                raw,
                ValueType.STRING,
                Source.SNAPSHOT,
                Freshness.STALE,
                Optional.of(NOON),
                NOON.plusNanos(1));
    }
}
