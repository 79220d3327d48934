package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;
import static io.tradingecosystem.audit.registry.Registries.open;
import static io.tradingecosystem.audit.registry.Registries.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.registry.RegistryStatistics.State;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What others see of us, and we of others, while Redis comes, goes and misbehaves. */
class RedisOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RedisServer redis = RedisServer.reserve();
    private final CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());

    @BeforeEach
    void startRedis() {
        redis.restart();
    }

    @AfterEach
    void stopRedis() {
        log.close();
        redis.close();
    }

    @Test
    void shouldRegisterWhenRedisAppears() {
        redis.kill();
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);
            assertThat(registry.statistics().state()).isEqualTo(State.ALONE);
            assertThat(registry.services()).containsExactly("audit-correlator");

            redis.restart();

            await().atMost(PATIENCE)
                    .until(() -> redis.client().exists("services:audit-correlator:a-1"));
            await().atMost(PATIENCE).until(() -> registry.statistics().state() == State.CONNECTED);
            assertThat(log.lines("registry.alone")).hasSize(1);
            assertThat(log.lines("registry.connected").size() + log.lines("registry.back").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldServeTheLastGoodAnswerWhileRedisIsAway() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            Instant before = registry.instances(InstanceFilter.any()).asOf();

            redis.kill();

            await().atMost(PATIENCE).until(() -> registry.instances(InstanceFilter.any()).stale());
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().failed() > 3);
            Lookup lookup = registry.instances("service-a", InstanceFilter.healthy());
            assertThat(lookup.instances()).hasSize(1);
            assertThat(lookup.asOf()).isAfterOrEqualTo(before);
            assertThat(lookup.age(lookup.asOf().plusSeconds(9))).isEqualTo(Duration.ofSeconds(9));
            assertThat(registry.statistics().state()).isEqualTo(State.LOST);
            assertThat(registry.statistics().lastError()).isPresent();
            assertThat(log.lines("registry.lost")).hasSize(1);
        }
    }

    @Test
    void shouldBeThereAgainAfterRedisIsRestartedEmpty() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            List<Integer> seen = new CopyOnWriteArrayList<>();
            registry.onChange("service-a", instances -> seen.add(instances.size()));

            redis.kill();
            await().atMost(PATIENCE).until(() -> registry.instances(InstanceFilter.any()).stale());
            redis.restart();

            await().atMost(PATIENCE)
                    .until(() -> redis.client().hlen("registry:services:audit-correlator") == 9);
            await().atMost(PATIENCE).until(() -> registry.services().size() == 1);
            assertThat(log.lines("registry.empty")).hasSize(1);
            assertThat(log.lines("registry.lost")).hasSize(1);
            await().atMost(PATIENCE).until(() -> log.lines("registry.back").size() == 1);
            assertThat(seen).containsExactly(1, 0);
        }
    }

    @Test
    void shouldFindTheOthersAfterRedisIsRestartedWithItsData() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);
            redis.save();

            redis.kill();
            await().atMost(PATIENCE).until(() -> registry.instances(InstanceFilter.any()).stale());
            redis.restart();

            await().atMost(PATIENCE).until(() -> !registry.instances(InstanceFilter.any()).stale());
            assertThat(registry.services()).hasSize(7);
            assertThat(log.lines("registry.empty")).isEmpty();
        }
    }

    @Test
    void shouldComeBackAfterFlushAll() {
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);

            redis.run(Jedis::flushAll);

            await().atMost(PATIENCE).until(() -> redis.run(Jedis::dbSize) == 4);
        }
    }

    @Test
    void shouldNotBelieveAnEmptyAnswerAtOnce() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);
            List<Boolean> stale = new CopyOnWriteArrayList<>();
            redis.run(Jedis::flushAll);

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> {
                                Lookup lookup = registry.instances(InstanceFilter.any());
                                if (!lookup.instances().isEmpty()) {
                                    stale.add(lookup.stale());
                                }
                                return lookup.instances().isEmpty();
                            });

            assertThat(stale).contains(true);
            assertThat(log.lines("registry.empty")).hasSize(1);
        }
    }

    @Test
    void shouldReadFromAReplicaThatRefusesToBeWritten() {
        Foreign.writeAll(redis);
        try (RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + redis.port());
                ServiceRegistry registry = open(replica.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));

            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            await().atMost(PATIENCE).until(() -> registry.statistics().state() == State.LOST);
            assertThat(registry.statistics().lastError().orElse("")).contains("READONLY");

            replica.run(j -> j.replicaofNoOne());

            await().atMost(PATIENCE).until(() -> registry.statistics().state() == State.CONNECTED);
            assertThat(replica.client().exists("services:audit-correlator:a-1")).isTrue();
        }
    }

    @Test
    void shouldAnswerAtOnceWhileRedisHangs() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);

            redis.freeze();
            await().atMost(PATIENCE).until(() -> registry.instances(InstanceFilter.any()).stale());
            long started = System.nanoTime();
            for (int i = 0; i < 10_000; i++) {
                registry.instances("nobody", InstanceFilter.any());
            }
            Duration looked = Duration.ofNanos(System.nanoTime() - started);
            redis.thaw();

            assertThat(looked).isLessThan(Duration.ofSeconds(5));
            await().atMost(PATIENCE).until(() -> registry.statistics().state() == State.CONNECTED);
            assertThat(log.lines("registry.lost")).hasSize(1);
        }
    }

    @Test
    void shouldGoOnWithARedisThatIsSlow() {
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            long refreshes = registry.statistics().refreshes().succeeded();

            for (int i = 0; i < 5; i++) {
                // Each answer takes a good part of the timeout.
                redis.run(j -> j.clientPause(300));
            }

            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().refreshes().succeeded() > refreshes + 3);
            assertThat(registry.services()).hasSize(8);
            assertThat(log.lines("registry.empty")).isEmpty();
        }
    }

    @Test
    void shouldCloseSoonThoughRedisHangs() {
        ServiceRegistry registry = open(redis.uri());
        registry.register(instance("audit-correlator", "a-1", 8083));
        await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
        redis.freeze();

        long started = System.nanoTime();
        registry.close();

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofSeconds(15));
        redis.thaw();
        assertThat(log.lines("registry.not_withdrawn")).hasSize(1);
    }

    @Test
    void shouldNotCareAboutClocksThatJump() {
        ManualClock clock = ManualClock.at(Instant.now());
        Foreign.writeAll(redis);
        try (ServiceRegistry registry = open(settings(redis.uri()), clock)) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);

            for (Duration jump : List.of(Duration.ofHours(5), Duration.ofDays(-3))) {
                clock.jump(jump);
                long heartbeats = registry.statistics().beats().succeeded();
                long refreshes = registry.statistics().refreshes().succeeded();
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        registry.statistics().beats().succeeded() > heartbeats + 1
                                                && registry.statistics().refreshes().succeeded()
                                                        > refreshes + 1);

                assertThat(registry.services()).hasSize(8);
                assertThat(redis.client().ttl("services:audit-correlator:a-1")).isBetween(1L, 3L);
            }
        }
    }

    @Test
    void shouldSurviveOneRestartBetweenTwoBeatsWithoutALostLine() {
        try (ServiceRegistry registry = open(redis.uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);

            redis.run(j -> j.clientKill(new ClientKillParams().type(ClientType.NORMAL)));

            long heartbeats = registry.statistics().beats().succeeded();
            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().beats().succeeded() > heartbeats + 1);
            assertThat(log.lines("registry.lost")).isEmpty();
        }
    }

    @Test
    void shouldLookSoonAfterAMiss() {
        RegistrySettings refreshingRarely = settings(redis.uri(), Duration.ofMinutes(10));
        try (ServiceRegistry registry = open(refreshingRarely, InstantSource.system())) {
            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().refreshes().succeeded() == 1);
            Foreign.writeAll(redis);

            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    registry.instances("service-f", InstanceFilter.any())
                                                    .instances()
                                                    .size()
                                            == 1);
        }
    }
}
