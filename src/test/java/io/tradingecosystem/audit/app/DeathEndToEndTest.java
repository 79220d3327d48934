package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A neighbour with real gRPC health, found in a real Redis, is killed, and comes back. */
class DeathEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String EXPECTATION =
            """
            {"name": "%s", "when": {"type": "shock"},
             "expect": [{"name": "alert", "event": {"service": "risk-monitor", "type": "alert"},
                         "within": "300ms", "join": ["scenario_id"]}]%s}
            """;

    private AuditCorrelator service;
    private Http http;

    @Test
    void shouldLeaveOpenWhatAKilledNeighbourWouldHaveTold() throws IOException {
        try (RedisServer redis = RedisServer.start();
                AuditCorrelator started = AuditCorrelator.start(TestSettings.of(settings(redis)))) {
            service = started;
            http = Http.of(service.httpPort());
            put("asks", ", \"alive\": [\"risk-monitor\"]");
            put("does-not-ask", "");
            Server peer = serving();
            write(redis, peer);
            await().atMost(PATIENCE)
                    .until(() -> http.get("/api/v1/peers").body().contains("SERVING"));

            peer.shutdownNow();
            await().atMost(PATIENCE).until(() -> told("dead").isPresent());
            tell("shock");
            Server other = serving();
            write(redis, other);

            await().atMost(PATIENCE).until(() -> told("alive").isPresent());
            JsonNode alive = told("alive").orElseThrow().get("attributes");
            assertThat(alive.get("since"))
                    .isEqualTo(told("dead").orElseThrow().at("/attributes/since"));
            await().atMost(PATIENCE).until(() -> verdict("asks").get("final").asBoolean());
            assertThat(verdict("asks").get("status").asText()).isEqualTo("INCONCLUSIVE");
            assertThat(verdict("asks").get("reason").asText())
                    .contains("SOURCE_SILENT: risk-monitor, by its probe, was dead from ")
                    .contains(alive.get("until").asText().substring(0, 19));
            assertThat(verdict("does-not-ask").get("status").asText()).isEqualTo("FAILED");
            JsonNode probe = Http.json(http.get("/api/v1/sources/risk-monitor")).get("probe");
            assertThat(probe.get("dead").asBoolean()).isFalse();
            assertThat(probe.get("until")).isEqualTo(alive.get("until"));
            assertThat(probe.get("expectations").get(0).asText()).isEqualTo("asks");
            other.shutdownNow();
        }
    }

    private static Server serving() throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus("risk-monitor", ServingStatus.SERVING);
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(health.getHealthService())
                .build()
                .start();
    }

    private void put(String name, String more) {
        String token = service.adminToken().fresh().orElseThrow();
        assertThat(
                        http.send(
                                        http.request("/api/v1/expectations")
                                                .header("Content-Type", "application/json")
                                                .header("Authorization", "Bearer " + token)
                                                .PUT(
                                                        BodyPublishers.ofString(
                                                                EXPECTATION.formatted(name, more))))
                                .statusCode())
                .isLessThan(300);
    }

    private void tell(String type) {
        String event =
                """
                {"id": "shock-1", "service": "coordinator", "type": "%s", "scenario_id": "run-1",
                 "occurred_at": "%s"}
                """
                        .formatted(type, Instant.now());
        assertThat(http.post("/api/v1/events", event).statusCode()).isLessThan(300);
    }

    private Optional<JsonNode> told(String state) {
        JsonNode events = Http.json(http.get("/api/v1/events?type=audit.source")).get("events");
        for (JsonNode each : events) {
            if (each.at("/attributes/state").asText().equals(state)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private JsonNode verdict(String expectation) {
        String path = "/api/v1/verdicts?expectation=" + expectation;
        return Http.json(http.get(path)).get("verdicts").get(0);
    }

    private static void write(RedisServer redis, Server peer) {
        redis.client()
                .set(
                        "services:risk-monitor:risk-1",
                        """
                        {"id":"risk-1","name":"risk-monitor","version":"1","host":"127.0.0.1",\
                        "grpc_port":%d,"http_port":0,"status":"healthy","metadata":{},\
                        "last_seen":"%s","registered_at":"%s"}\
                        """
                                .formatted(peer.getPort(), Instant.now(), Instant.now()));
    }

    private static Map<String, String> settings(RedisServer redis) {
        return Map.of(
                "registry.redis-url", redis.uri().toString(),
                "registry.advertised-host", "127.0.0.1",
                "registry.refresh-interval", "200ms",
                "peers.known", "risk-monitor",
                "peers.defaults.probe.interval", "300ms",
                "peers.defaults.probe.timeout", "700ms",
                "scenario.allowed-lateness", "200ms");
    }
}
