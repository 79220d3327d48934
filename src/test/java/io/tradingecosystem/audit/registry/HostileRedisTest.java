package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;
import static io.tradingecosystem.audit.registry.Registries.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.registry.RegistryStatistics.State;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.FakeRedis;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import redis.clients.jedis.Jedis;

import java.time.Duration;
import java.util.List;

/** What is too large, too deep or too much costs itself and nothing else. */
class HostileRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RECORD =
            "{\"name\":\"risk-monitor\",\"host\":\"10.0.0.1\",\"http_port\":8080}";

    private final CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());

    @AfterEach
    void endLog() {
        log.close();
    }

    @Test
    void shouldSkipARecordThatAnnouncesTwoGigabytes() {
        try (FakeRedis redis = FakeRedis.start(command -> answer(command, "$2147483647\r\n"));
                ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.services().contains("risk-monitor"));
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().succeeded() > 3);

            assertThat(registry.statistics().unreadable()).isEqualTo(1);
            assertThat(log.lines("registry.unreadable_record"))
                    .singleElement()
                    .asString()
                    .contains("services:large:1", "registry.max-record-size");
        }
    }

    @Test
    void shouldSkipAnAnswerThatIsOfAnotherKind() {
        try (FakeRedis redis = FakeRedis.start(command -> answer(command, "*1\r\n:1\r\n"));
                ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.services().contains("risk-monitor"));

            assertThat(registry.statistics().unreadable()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayInOneLineThatArraysAreNested() {
        try (FakeRedis redis = FakeRedis.start(command -> "*1\r\n".repeat(100_000));
                ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().failed() > 1);

            assertThat(registry.statistics().lastError().orElse("")).contains("deep");
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void shouldSkipThirtyOneRecordsOfTenMegabytes() {
        try (RedisServer redis = RedisServer.start();
                ServiceRegistry registry = open(redis.uri())) {
            String large = "x".repeat(10 << 20);
            redis.run(
                    jedis -> {
                        for (int i = 0; i < 31; i++) {
                            writeLarge(jedis, i, large);
                        }
                        return true;
                    });
            Foreign.writeAll(redis);

            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);
            await().atMost(PATIENCE).until(() -> registry.statistics().unreadable() == 31);
            assertThat(log.lines("registry.unreadable_record")).hasSize(20);
            assertThat(log.lines("registry.more_unreadable_records")).hasSize(1);
        }
    }

    @Test
    void shouldWriteItsOwnRecordsOverLargeOnes() {
        try (RedisServer redis = RedisServer.start();
                ServiceRegistry registry = open(redis.uri())) {
            String large = "x".repeat(5 << 20);
            redis.client().set("services:audit-correlator:a", large);
            redis.client().hset("services:audit-correlator", "other", large);
            redis.client().hset("registry:services:audit-correlator", "other", large);

            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            assertThat(redis.client().hlen("registry:services:audit-correlator")).isEqualTo(9);
        }
    }

    @Test
    void shouldRefuseANodeOfAClusterByItsName() {
        try (RedisServer redis = RedisServer.start("--cluster-enabled", "yes");
                ServiceRegistry registry = open(redis.uri())) {
            redis.run(jedis -> jedis.clusterAddSlotsRange(0, 10));
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().failed() > 1);
            assertThat(registry.statistics().state()).isNotEqualTo(State.CONNECTED);
            assertThat(registry.statistics().lastError().orElse(""))
                    .contains("a node of a cluster, which is not supported");
        }
    }

    @Test
    void shouldSayThatASentinelIsNoRedis() {
        try (FakeRedis redis =
                        FakeRedis.start(command -> "-ERR unknown command 'SCAN', with args\r\n");
                ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().failed() > 1);

            assertThat(registry.statistics().lastError().orElse("")).contains("it is a Sentinel");
        }
    }

    private static String answer(List<String> command, String large) {
        return switch (command.getFirst()) {
            case "SCAN" -> FakeRedis.scanned("services:large:1", "services:risk-monitor:1");
            case "PTTL" -> ":60000\r\n";
            default -> command.get(1).contains("large") ? large : FakeRedis.text(RECORD);
        };
    }

    private static void writeLarge(Jedis jedis, int i, String large) {
        if (i % 2 == 0) {
            jedis.set("services:large-" + i + ":1", large);
        } else {
            jedis.hset("registry:services:large-" + i, "host", large);
        }
    }
}
