package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.open;
import static io.tradingecosystem.audit.registry.Registries.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.Test;

import redis.clients.jedis.Pipeline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds on what is known, and how old it may be. */
class ManyKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void shouldFindServicesAmongUnrelatedKeys() {
        try (RedisServer redis = RedisServer.start();
                ServiceRegistry registry = open(limited(redis, 20), InstantSource.system())) {
            redis.run(
                    jedis -> {
                        try (Pipeline pipeline = jedis.pipelined()) {
                            for (int i = 0; i < 60; i++) {
                                pipeline.set("services:cache:" + i, "an unrelated text");
                            }
                        }
                        return true;
                    });
            Foreign.writeAll(redis);

            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);
            assertThat(registry.instances(InstanceFilter.any()).unread()).isZero();
        }
    }

    @Test
    void shouldKnowTheSameServicesEachTimeWhereThereAreTooMany() {
        try (RedisServer redis = RedisServer.start()) {
            Foreign.writeMany(redis, 100);
            Set<String> known = someServices(redis);

            assertThat(known).hasSizeGreaterThanOrEqualTo(9);
            assertThat(someServices(redis)).isEqualTo(known);
        }
    }

    @Test
    void shouldSayThatWhatItKnowsIsTooOld() {
        AtomicLong nanos = new AtomicLong();
        Duration interval = Duration.ofMinutes(10);
        try (RedisServer redis = RedisServer.start();
                ServiceRegistry registry =
                        new RedisServiceRegistry(
                                settings(redis.uri(), interval),
                                RegistryObserver.NONE,
                                InstantSource.system(),
                                nanos::get,
                                new Random(1))) {
            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().refreshes().succeeded() == 1);
            assertThat(registry.instances(InstanceFilter.any()).stale()).isFalse();

            nanos.addAndGet(interval.multipliedBy(7).toNanos());

            assertThat(registry.instances(InstanceFilter.any()).stale()).isTrue();
            assertThat(registry.statistics().stale()).isTrue();
        }
    }

    @Test
    void shouldRestTenTimesAsLongAsItReadsButNoMoreThanThreeIntervals() {
        Duration interval = Duration.ofSeconds(5);

        assertThat(Refresher.rest(Duration.ofMillis(10), interval)).isEqualTo(interval);
        assertThat(Refresher.rest(Duration.ofSeconds(1), interval)).hasSeconds(10);
        assertThat(Refresher.rest(Duration.ofSeconds(9), interval)).hasSeconds(15);
    }

    private static Set<String> someServices(RedisServer redis) {
        try (ServiceRegistry registry = open(limited(redis, 10), InstantSource.system())) {
            await().atMost(PATIENCE)
                    .until(() -> registry.instances(InstanceFilter.any()).unread() == 90);
            return Set.copyOf(registry.services());
        }
    }

    private static RegistrySettings limited(RedisServer redis, int maxRecords) {
        RegistrySettings all = settings(redis.uri());
        return new RegistrySettings(
                all.backend(),
                all.redisUrl(),
                all.redisPassword(),
                all.tls(),
                all.timeout(),
                all.heartbeatInterval(),
                all.ttl(),
                all.refreshInterval(),
                maxRecords,
                all.maxRecordSize(),
                all.writeLayouts(),
                all.readLayouts(),
                all.advertisedHost(),
                all.advertisedHttpPort(),
                all.advertisedGrpcPort());
    }
}
