package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.configuration.ConfigurationException.Reason;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Freshness;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;
import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What is answered from memory, what is asked for, and for how long an answer is believed. */
class ConfigurationCacheTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeConfigurationService service = FakeConfigurationService.start();
    private final ManualTicker ticker = new ManualTicker();
    private final ManualClock clock = ManualClock.at(NOON);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(service));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void shouldAnswerFromTheServiceAndThenFromMemory() {
        service.put("some.limit", "90", "number");
        ConfigurationClient client = open();

        ConfigurationValue value = client.get("some.limit");
        for (int i = 0; i < 10; i++) {
            assertThat(client.get("some.limit")).isEqualTo(value);
        }

        assertThat(value)
                .returns("some.limit", ConfigurationValue::key)
                .returns(90, ConfigurationValue::asInt)
                .returns(ValueType.NUMBER, ConfigurationValue::type)
                .returns(Source.SERVICE, ConfigurationValue::source)
                .returns(Freshness.FRESH, ConfigurationValue::freshness)
                .returns(NOON, ConfigurationValue::asOf);
        assertThat(value.lastUpdated()).contains(NOON);
        assertThat(service.requests("some.limit")).isEqualTo(1);
    }

    @Test
    void shouldTakeTheEnvironmentFirstThenTheServiceThenTheDefault() {
        service.put("audit.retention_days", "7", "number")
                .put("audit.correlation.enabled", "false", "boolean");
        ConfigurationClient client =
                open(
                        Map.of("AUDIT_RETENTION_DAYS", "30", "PATH", "/bin", "SOME_EMPTY", " "),
                        "defaults.audit.correlation.enabled",
                        "true");

        assertThat(client.get("audit.retention_days"))
                .returns(30, ConfigurationValue::asInt)
                .returns(Source.ENVIRONMENT, ConfigurationValue::source);
        assertThat(client.get("audit.correlation.enabled"))
                .returns(false, ConfigurationValue::asBoolean)
                .returns(Source.SERVICE, ConfigurationValue::source);
        assertThat(client.get("audit.storage.backend"))
                .returns("rocksdb", ConfigurationValue::asString)
                .returns(Source.DEFAULT, ConfigurationValue::source);
        assertThat(client.get("some.other", "mine"))
                .returns("mine", ConfigurationValue::asString)
                .returns(Source.DEFAULT, ConfigurationValue::source);
        assertThat(client.find("path")).isEmpty();
        assertThat(client.find("some.empty")).isEmpty();
        assertThat(service.requests("audit.retention_days")).isZero();
        assertThat(client.getAll())
                .containsOnlyKeys(
                        "audit.correlation.enabled",
                        "audit.retention_days",
                        "audit.storage.backend");
    }

    @Test
    void shouldSayThatNobodyKnowsAKey() {
        ConfigurationClient client = open();

        assertThatThrownBy(() -> client.get("no.such"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY))
                .hasMessageContaining("no.such has no value")
                .hasMessageContaining(service.uri().toString());
        assertThatThrownBy(() -> client.get(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.get("x".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldServeTheOldValueWhileItIsRefreshedBehindTheCaller() throws InterruptedException {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        client.get("some.limit");
        CountDownLatch mayAnswer = new CountDownLatch(1);
        service.misbehave(
                exchange -> {
                    await().atMost(PATIENCE).until(() -> mayAnswer.getCount() == 0);
                    FakeConfigurationService.send(exchange, 200, "{\"value\":2}");
                });

        ticker.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(client.get("some.limit").freshness()).isEqualTo(Freshness.FRESH);
        assertThat(service.requests("some.limit")).isEqualTo(1);

        ticker.advance(Duration.ofNanos(1));
        for (int i = 0; i < 100; i++) {
            assertThat(client.get("some.limit"))
                    .returns(1, ConfigurationValue::asInt)
                    .returns(Freshness.STALE, ConfigurationValue::freshness);
        }
        mayAnswer.countDown();
        await().atMost(PATIENCE).until(() -> client.get("some.limit").asInt() == 2);

        assertThat(client.get("some.limit").freshness()).isEqualTo(Freshness.FRESH);
        assertThat(service.requests("some.limit")).isEqualTo(2);
    }

    @Test
    void shouldServeAStaleValueUntilItIsTooOld() {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        client.get("some.limit");
        service.stop();

        ticker.advance(Duration.ofHours(24).minusNanos(1));
        assertThat(client.get("some.limit"))
                .returns(1, ConfigurationValue::asInt)
                .returns(Source.SERVICE, ConfigurationValue::source)
                .returns(Freshness.STALE, ConfigurationValue::freshness);

        ticker.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> client.get("some.limit"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageContaining("no connection");
    }

    @Test
    void shouldNotGrowOldWhenTheWallClockJumps() {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        client.get("some.limit");

        clock.jump(Duration.ofDays(365));
        assertThat(client.get("some.limit").freshness()).isEqualTo(Freshness.FRESH);
        clock.jump(Duration.ofDays(-1_000));
        assertThat(client.get("some.limit").freshness()).isEqualTo(Freshness.FRESH);
        assertThat(client.get("some.limit").age(clock.instant())).isZero();
    }

    @Test
    void shouldRememberForAWhileThatAKeyIsUnknown() {
        ConfigurationClient client = open();

        for (int i = 0; i < 10; i++) {
            assertThat(client.find("no.such")).isEmpty();
        }
        assertThat(service.requests("no.such")).isEqualTo(1);
        service.put("no.such", "now", "string");
        ticker.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(client.find("no.such")).isEmpty();
        ticker.advance(Duration.ofNanos(1));

        assertThat(client.get("no.such").asString()).isEqualTo("now");
        assertThat(service.requests("no.such")).isEqualTo(2);
    }

    @Test
    void shouldMakeOneRequestForAThousandCallersOfAColdKey() throws Exception {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                answers.add(
                        callers.submit(
                                () -> {
                                    start.await();
                                    return client.get("some.limit").asInt();
                                }));
            }
            start.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }

        assertThat(service.requests("some.limit")).isEqualTo(1);
    }

    @Test
    void shouldRememberForAWhileThatALoadFailed() {
        service.answerAlways(403, "");
        ConfigurationClient client = open();

        for (int i = 0; i < 100; i++) {
            assertThat(client.find("some.limit")).isEmpty();
        }
        assertThat(service.requests("some.limit")).isEqualTo(1);
        assertThatThrownBy(() -> client.get("some.limit"))
                .hasMessageContaining("refused: status 403");

        service.behave();
        service.put("some.limit", "1", "number");
        ticker.advance(Duration.ofSeconds(5));
        assertThat(client.get("some.limit").asInt()).isEqualTo(1);
    }

    @Test
    void shouldForgetTheKeysThatAreUsedLeastWhenThereAreTooMany() {
        ConfigurationClient client = open(Map.of(), "max-keys", "50");

        for (int i = 0; i < 500; i++) {
            service.put("flood." + i, "x", "string");
            client.get("flood." + i);
        }

        await().atMost(PATIENCE).until(() -> client.statistics().size() <= 50);
        assertThat(client.get("audit.retention_days").asInt()).isEqualTo(90);
    }

    @Test
    void shouldLoadSeveralKeysSideBySide() {
        for (int i = 0; i < 8; i++) {
            service.put("many." + i, String.valueOf(i), "number");
        }
        CountDownLatch together = new CountDownLatch(4);
        ConfigurationClient client = open();
        service.misbehave(
                exchange -> {
                    together.countDown();
                    await().atMost(PATIENCE).until(() -> together.getCount() == 0);
                    FakeConfigurationService.send(exchange, 200, "{\"value\":1}");
                });

        assertThat(client.getAll(List.of("many.0", "many.1", "many.2", "many.3")))
                .containsOnlyKeys("many.0", "many.1", "many.2", "many.3");
    }

    @Test
    void shouldFallBackToTheDefaultWhenAKeyIsWithdrawn() {
        service.put("audit.retention_days", "7", "number");
        ConfigurationClient client = open();
        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 7);

        service.remove("audit.retention_days");
        client.requestRefresh();

        await().atMost(PATIENCE).until(() -> client.get("audit.retention_days").asInt() == 90);
        assertThat(client.get("audit.retention_days").source()).isEqualTo(Source.DEFAULT);
    }

    @Test
    void shouldAskNobodyWhenItIsOff() {
        ConfigurationClient client = open(Map.of("A_B", "1"), "address", "off");

        assertThat(client.get("audit.retention_days").asInt()).isEqualTo(90);
        assertThat(client.get("a.b").asInt()).isEqualTo(1);
        assertThat(client.find("no.such")).isEmpty();
        client.requestRefresh();

        assertThat(service.requests()).isEmpty();
        assertThat(client.statistics())
                .returns(ConfigurationStatistics.State.OFF, ConfigurationStatistics::state)
                .returns(1.0, ConfigurationStatistics::hitRate);
    }

    @Test
    void shouldCountWhatItDoes() {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        await().atMost(PATIENCE).until(() -> client.statistics().loads() == 3);

        client.get("some.limit");
        client.get("some.limit");
        client.get("some.limit");
        client.find("no.such");
        ticker.advance(Duration.ofSeconds(3));

        ConfigurationStatistics statistics = client.statistics();
        assertThat(statistics.hits()).isEqualTo(2);
        assertThat(statistics.misses()).isEqualTo(2);
        assertThat(statistics.hitRate()).isEqualTo(0.5);
        assertThat(statistics.loads()).isEqualTo(5);
        assertThat(statistics.failures()).isZero();
        assertThat(statistics.staleAnswers()).isZero();
        assertThat(statistics.size()).isEqualTo(5);
        assertThat(statistics.sinceLastLoad()).contains(Duration.ofSeconds(3));
        assertThat(statistics.state()).isEqualTo(ConfigurationStatistics.State.CONNECTED);
        assertThat(statistics.breaker()).isEqualTo("CLOSED");

        service.stop();
        ticker.advance(Duration.ofMinutes(5));
        client.get("some.limit");
        await().atMost(PATIENCE).until(() -> client.statistics().failures() == 1);
        assertThat(client.statistics().staleAnswers()).isEqualTo(1);
    }

    @Test
    void shouldAnswerWhatItKnowsAfterTheEnd() {
        service.put("some.limit", "1", "number");
        ConfigurationClient client = open();
        client.get("some.limit");

        client.close();
        client.close();

        assertThat(client.get("some.limit").asInt()).isEqualTo(1);
        assertThat(client.find("some.other")).isEmpty();
    }

    private ConfigurationClient open(String... changes) {
        return open(Map.of(), changes);
    }

    private ConfigurationClient open(Map<String, String> variables, String... changes) {
        ConfigurationClient client =
                ConfigurationClient.builder(Configurations.settings(service, changes))
                        .variables(variables)
                        .ticker(ticker)
                        .clock(clock)
                        .start();
        opened.add(client);
        return client;
    }
}
