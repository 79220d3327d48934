package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.configuration.ConfigurationStatistics.State;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Freshness;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.FakeConfigurationService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happens, is logged and reaches listeners while the service comes and goes. */
class ConfigurationOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CapturedLog log = CapturedLog.of(ConfigurationClient.class.getPackage());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        log.close();
    }

    @Test
    void shouldSayOnceThatTheServiceIsNotThereAndCarryOnUntilItIs() {
        FakeConfigurationService service = keep(FakeConfigurationService.reserve());
        long started = System.nanoTime();
        ConfigurationClient client = keep(Configurations.open(service));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE.dividedBy(6));

        assertThat(client.get("audit.retention_days").asInt()).isEqualTo(90);
        await().atMost(PATIENCE).until(() -> client.statistics().failures() >= 2);
        assertThat(client.statistics().state()).isEqualTo(State.ALONE);
        assertThat(log.lines("configuration.alone"))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .contains(service.uri().toString())
                                        .contains("no connection")
                                        .contains("else the defaults"));

        service.put("audit.retention_days", "7", "number");
        service.restart();

        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 7);
        assertThat(client.statistics().state()).isEqualTo(State.CONNECTED);
        assertThat(client.statistics().lastError()).isEmpty();
        assertThat(log.lines("configuration.connected")).hasSize(1);
        assertThat(log.lines("configuration.lost")).isEmpty();
    }

    @Test
    void shouldSayOnceThatItIsLostAndOnceThatItIsBack() {
        FakeConfigurationService service = keep(FakeConfigurationService.start());
        service.put("audit.retention_days", "7", "number");
        ConfigurationClient client =
                keep(Configurations.open(service, "cache-ttl", "200ms", "failure-ttl", "50ms"));
        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 7);

        service.stop();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            ConfigurationValue value = client.get("audit.retention_days");
                            assertThat(value.asInt()).isEqualTo(7);
                            return value.freshness() == Freshness.STALE
                                    && client.statistics().failures() >= 4;
                        });
        assertThat(client.statistics().state()).isEqualTo(State.LOST);
        assertThat(client.statistics().staleAnswers()).isPositive();
        assertThat(log.lines("configuration.lost")).hasSize(1);

        service.put("audit.retention_days", "8", "number");
        service.restart();

        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 8);
        assertThat(client.statistics().state()).isEqualTo(State.CONNECTED);
        assertThat(log.lines("configuration.back")).hasSize(1);
        assertThat(log.lines("configuration.lost")).hasSize(1);
    }

    @Test
    void shouldTellListenersOfChangesOnly() {
        FakeConfigurationService service = keep(FakeConfigurationService.reserve());
        service.put("audit.retention_days", "7", "number");
        ConfigurationClient client = keep(Configurations.open(service, "cache-ttl", "100ms"));
        List<Integer> reported = new CopyOnWriteArrayList<>();

        Subscription subscription =
                client.onChange("audit.retention_days", value -> reported.add(value.asInt()));
        assertThat(reported).containsExactly(90);

        service.restart();
        await().atMost(PATIENCE).until(() -> reported.size() == 2);
        long loads = client.statistics().loads();
        await().atMost(PATIENCE).until(() -> client.statistics().loads() > loads + 10);
        assertThat(reported).containsExactly(90, 7);

        service.put("audit.retention_days", "8", "number");
        await().atMost(PATIENCE).until(() -> reported.size() == 3);
        service.remove("audit.retention_days");
        client.requestRefresh();
        await().atMost(PATIENCE).until(() -> reported.size() == 4);
        assertThat(reported).containsExactly(90, 7, 8, 90);

        subscription.close();
        subscription.close();
        service.put("audit.retention_days", "9", "number");
        client.requestRefresh();
        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 9);
        assertThat(reported).hasSize(4);
    }

    @Test
    void shouldKeepAKeyCurrentThatOnlyAListenerWants() {
        FakeConfigurationService service = keep(FakeConfigurationService.start());
        ConfigurationClient client = keep(Configurations.open(service, "unknown-ttl", "100ms"));
        List<String> reported = new CopyOnWriteArrayList<>();
        client.onChange("some.wish", value -> reported.add(value.asString()));

        service.put("some.wish", "granted", "string");

        await().atMost(PATIENCE).until(() -> reported.equals(List.of("granted")));
    }

    @Test
    void shouldSayThatAListenerCannotUseAValueAndGoOn() {
        FakeConfigurationService service = keep(FakeConfigurationService.start());
        service.put("audit.retention_days", "ninety", "number");
        ConfigurationClient client = keep(Configurations.open(service, "cache-ttl", "100ms"));
        List<Integer> reported = new CopyOnWriteArrayList<>();
        client.onChange(
                "audit.retention_days",
                value -> {
                    throw new IllegalStateException("broken listener");
                });
        client.onChange("audit.retention_days", value -> reported.add(value.asInt()));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(log.lines("configuration.value_unusable"))
                                        .singleElement()
                                        .satisfies(
                                                line -> assertThat(line).contains("\"ninety\"")));
        service.put("audit.retention_days", "7", "number");

        await().atMost(PATIENCE).until(() -> reported.contains(7));
        assertThat(log.lines("configuration.listener_failed")).isNotEmpty();
    }

    @Test
    void shouldLetAListenerAskForOtherKeys() {
        FakeConfigurationService service = keep(FakeConfigurationService.start());
        service.put("one.key", "1", "number").put("two.key", "2", "number");
        ConfigurationClient client = keep(Configurations.open(service));
        List<Integer> reported = new CopyOnWriteArrayList<>();

        client.onChange(
                "one.key", value -> reported.add(value.asInt() + client.get("two.key").asInt()));

        await().atMost(PATIENCE).until(() -> reported.equals(List.of(3)));
    }

    @Test
    void shouldEndSoonWhileALoadHangs() {
        FakeConfigurationService service = keep(FakeConfigurationService.start());
        service.misbehave(exchange -> await().forever().until(() -> false));
        ConfigurationClient client = Configurations.open(service, "timeout", "5m");
        await().atMost(PATIENCE).until(() -> !service.requests().isEmpty());
        long started = System.nanoTime();

        client.close();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
        assertThat(log.lines("configuration.lost")).isEmpty();
        assertThat(log.lines("configuration.alone")).isEmpty();
        assertThat(log.lines("configuration.load_failed")).isEmpty();
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.add(part);
        return part;
    }
}
