package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;
import static io.tradingecosystem.audit.registry.Registries.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is written, read by raw commands; and what others write, read by us. */
class RedisLayoutsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Optional<RedisServer> server = Optional.empty();

    @BeforeAll
    static void startRedis() {
        server = Optional.of(RedisServer.start());
    }

    @AfterAll
    static void stopRedis() {
        server.ifPresent(RedisServer::close);
    }

    @BeforeEach
    void empty() {
        redis().run(Jedis::flushAll);
    }

    @Test
    void shouldWriteLayoutsABAndC() throws IOException {
        try (ServiceRegistry registry = open(redis().uri())) {
            registry.register(instance("audit-correlator", "audit-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);

            JsonNode a = JSON.readTree(redis().client().get("services:audit-correlator:audit-1"));
            assertThat(a.get("id").asText()).isEqualTo("audit-1");
            assertThat(a.get("http_port").intValue()).isEqualTo(8083);
            assertThat(a.get("metadata").get("environment").textValue()).isEqualTo("testing");
            assertThat(Instant.parse(a.get("last_seen").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            assertThat(redis().client().smembers("service_index:audit-correlator"))
                    .containsExactly("audit-1");

            Map<String, String> b = redis().client().hgetAll("registry:services:audit-correlator");
            assertThat(b).hasSize(9).containsEntry("host", "10.1.2.3");
            assertThat(b).containsEntry("grpc_port", "9083").containsEntry("status", "healthy");

            Map<String, String> c = redis().client().hgetAll("services:audit-correlator");
            assertThat(c).hasSize(8).containsEntry("http_port", "8083");
            for (String key :
                    List.of(
                            "services:audit-correlator:audit-1",
                            "registry:services:audit-correlator",
                            "services:audit-correlator")) {
                assertThat(redis().client().ttl(key)).isBetween(1L, 3L);
            }
        }
    }

    @Test
    void shouldTakeEverythingBackWhenClosed() {
        try (ServiceRegistry registry = open(redis().uri())) {
            Registration registration = registry.register(instance("audit-correlator", "a-1", 83));
            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);

            registration.close();

            assertThat(redis().client().keys("*")).isEmpty();
            assertThat(registry.services()).isEmpty();
        }
    }

    @Test
    void shouldLeaveWhatIsAnothersWhenClosed() {
        try (ServiceRegistry registry = open(redis().uri());
                ServiceRegistry other = open(redis().uri())) {
            Registration first = registry.register(instance("audit-correlator", "a-1", 8083));
            other.register(instance("audit-correlator", "a-2", 8084));
            await().atMost(PATIENCE).until(() -> knows(registry, "audit-correlator", 2));
            // The hashes have room for one instance of a service: it is the other's now.
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    "8084"
                                            .equals(
                                                    redis().client()
                                                            .hget(
                                                                    "registry:services:audit-correlator",
                                                                    "http_port")));

            first.close();

            assertThat(redis().client().exists("services:audit-correlator:a-1")).isFalse();
            assertThat(redis().client().exists("services:audit-correlator:a-2")).isTrue();
            assertThat(redis().client().smembers("service_index:audit-correlator"))
                    .containsExactly("a-2");
            await().atMost(PATIENCE)
                    .until(() -> redis().client().exists("registry:services:audit-correlator"));
        }
    }

    @Test
    void shouldMendOurKeysWhateverStandsThere() {
        try (ServiceRegistry registry = open(redis().uri())) {
            redis().client().lpush("services:audit-correlator:a-1", "a", "list");
            redis().client().set("registry:services:audit-correlator", "a string");
            redis().client().sadd("services:audit-correlator", "a set");
            redis().client().set("service_index:audit-correlator", "a string");

            registry.register(instance("audit-correlator", "a-1", 8083));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                assertThat(type("services:audit-correlator:a-1"))
                                        .isEqualTo("string");
                                assertThat(type("registry:services:audit-correlator"))
                                        .isEqualTo("hash");
                                assertThat(type("services:audit-correlator")).isEqualTo("hash");
                                assertThat(type("service_index:audit-correlator")).isEqualTo("set");
                            });
        }
    }

    @Test
    void shouldRemoveFieldsThatWouldHideTheListingFromOthers() {
        redis().client()
                .hset(
                        "registry:services:audit-correlator",
                        Map.of("name", "old", "updated_at", "x", "port", "1"));
        try (ServiceRegistry registry = open(redis().uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    redis().client()
                                                            .hkeys(
                                                                    "registry:services:audit-correlator"))
                                            .containsExactlyInAnyOrder(
                                                    "name",
                                                    "version",
                                                    "host",
                                                    "http_port",
                                                    "grpc_port",
                                                    "status",
                                                    "metadata",
                                                    "registered_at",
                                                    "last_heartbeat"));
        }
    }

    @Test
    void shouldReadAllSevenLayouts() {
        Foreign.writeAll(redis());
        try (ServiceRegistry registry = open(redis().uri())) {
            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);

            for (Layout layout : Layout.values()) {
                if (layout != Layout.IN_PROCESS) {
                    Lookup lookup =
                            registry.instances(Foreign.service(layout), InstanceFilter.healthy());
                    assertThat(lookup.stale()).isFalse();
                    assertThat(lookup.instances())
                            .singleElement()
                            .satisfies(
                                    found -> {
                                        assertThat(found.layouts()).containsExactly(layout);
                                        assertThat(found.host()).isEqualTo("10.0.0.1");
                                        assertThat(found.httpPort()).hasValue(8000);
                                    });
                }
            }
            assertThat(registry.statistics().records()).hasSize(7);
        }
    }

    @Test
    void shouldSkipCountAndReportWhatIsUnreadableOnce() {
        try (CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis().uri())) {
            Foreign.writeAll(redis());
            redis().client().set("services:broken:1", "{");
            redis().client().lpush("services:broken:2", "x");
            redis().client().hset("registry:services:broken", "name", "no-host");

            await().atMost(PATIENCE).until(() -> registry.statistics().unreadable() == 3);
            long refreshes = registry.statistics().refreshes().succeeded();
            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().refreshes().succeeded() > refreshes + 2);

            assertThat(log.lines("registry.unreadable_record")).hasSize(3);
            assertThat(registry.services()).hasSize(7);
        }
    }

    @Test
    void shouldNotReturnARecordOlderThanItsTimeToLive() {
        String old = Instant.now().minusSeconds(3_600).toString();
        redis().client().set("services:gone:1", "{\"host\":\"h\",\"last_seen\":\"" + old + "\"}");
        redis().client().hset("services:gone-too", Map.of("host", "h", "last_heartbeat", old));
        try (ServiceRegistry registry = open(redis().uri())) {
            await().atMost(PATIENCE).until(() -> registry.statistics().expired() == 2);

            assertThat(registry.services()).isEmpty();
        }
    }

    @Test
    void shouldForgetAnInstanceWhenItsRecordExpires() {
        redis().client().set("services:brief:1", "{\"host\":\"h\"}", SetParams.setParams().ex(1));
        try (ServiceRegistry registry = open(redis().uri())) {
            registry.register(instance("other", "o", 1));
            await().atMost(PATIENCE).until(() -> registry.services().contains("brief"));

            await().atMost(PATIENCE).until(() -> !registry.services().contains("brief"));
        }
    }

    @Test
    void shouldRespectTheHeartbeatOfADataAdapter() {
        String old = Instant.now().minusSeconds(3_600).toString();
        String record =
                "{\"ServiceName\":\"adapter\",\"Address\":\"h\",\"LastHeartbeat\":\"%s\"}"
                        .formatted(old);
        redis().client().set("n:service:alive", record);
        redis().client().set("n:heartbeat:alive", "1");
        redis().client().set("n:service:dead", record.replace("adapter", "dead-adapter"));
        try (ServiceRegistry registry = open(redis().uri())) {
            await().atMost(PATIENCE).until(() -> registry.statistics().expired() == 1);

            assertThat(registry.services()).containsExactly("adapter");
        }
    }

    @Test
    void shouldTellTheYoungerOfTwoUnderOneId() {
        try (CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry elder = open(redis().uri());
                ServiceRegistry younger = open(redis().uri())) {
            elder.register(instance("audit-correlator", "twin", 8083));
            await().atMost(PATIENCE).until(() -> elder.statistics().written().size() == 3);

            younger.register(instance("audit-correlator", "twin", 9999));

            await().atMost(PATIENCE).until(() -> younger.statistics().duplicateId());
            await().atMost(PATIENCE).until(() -> elder.statistics().duplicateId());
            assertThat(log.lines("registry.duplicate_id"))
                    .singleElement()
                    .asString()
                    .contains("8083");
        }
    }

    @Test
    void shouldNotMistakeAFormerRunForATwin() {
        String key = "services:audit-correlator:a-1";
        ServiceInstance former =
                instance("audit-correlator", "a-1", 8083).toBuilder()
                        .registeredAt(Optional.of(Instant.now().minusSeconds(60)))
                        .build();
        RawValue.Text left = (RawValue.Text) new LayoutA().write(former, Instant.now());
        redis().client().set(key, left.json());
        try (CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis().uri())) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> registry.statistics().beats().succeeded() > 2);

            assertThat(registry.statistics().duplicateId()).isFalse();
            assertThat(log.lines("registry.duplicate_id")).isEmpty();
        }
    }

    @Test
    void shouldReadTenThousandRecordsOfMixedLayouts() {
        Foreign.writeMany(redis(), 10_000);
        try (ServiceRegistry registry = open(redis().uri())) {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    registry.instances(InstanceFilter.any()).instances().size()
                                            >= 10_000);

            assertThat(registry.statistics().records().values().stream().mapToInt(n -> n).sum())
                    .isEqualTo(10_000);
            assertThat(registry.statistics().unreadable()).isZero();
        }
    }

    private static RedisServer redis() {
        return server.orElseThrow();
    }

    private static String type(String key) {
        return redis().client().type(key);
    }

    private static boolean knows(ServiceRegistry registry, String service, int count) {
        return registry.instances(service, InstanceFilter.any()).instances().size() == count;
    }
}
