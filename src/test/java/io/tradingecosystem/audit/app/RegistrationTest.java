package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** The whole service in the registry of the ecosystem. */
class RegistrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void shouldBeInRedisWhileItRuns() {
        try (RedisServer redis = RedisServer.start()) {
            AuditCorrelator service = AuditCorrelator.start(TestSettings.of(registeringAt(redis)));
            String key = "services:audit-correlator:audit-7";
            try {
                await().atMost(PATIENCE).until(() -> redis.client().exists(key));

                assertThat(redis.client().get(key))
                        .contains("\"host\":\"127.0.0.1\"")
                        .contains("\"http_port\":" + service.httpPort());
                JsonNode own =
                        Http.json(Http.of(service.httpPort()).get("/api/v1/services"))
                                .get("services")
                                .get("audit-correlator")
                                .get(0);
                assertThat(own.get("instance").asText()).isEqualTo("audit-7");
                assertThat(own.get("flags").get(0).asText()).isEqualTo("OURS");
            } finally {
                service.close();
            }
            assertThat(redis.client().keys("*")).isEmpty();
        }
    }

    @Test
    void shouldBeHealthyWithoutRedisAndJoinWhenItAppears() {
        try (RedisServer redis = RedisServer.reserve();
                AuditCorrelator service =
                        AuditCorrelator.start(TestSettings.of(registeringAt(redis)))) {
            Http http = Http.of(service.httpPort());
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    Http.json(http.get("/api/v1/status"))
                                                    .get("registry")
                                                    .get("refreshes")
                                                    .get("failed")
                                                    .asInt()
                                            > 1);
            assertThat(http.get("/health").statusCode()).isEqualTo(200);
            assertThat(Http.json(http.get("/api/v1/status")).get("registry").get("state").asText())
                    .isEqualTo("ALONE");

            redis.restart();

            await().atMost(PATIENCE)
                    .until(() -> redis.client().exists("registry:services:audit-correlator"));
        }
    }

    private static Map<String, String> registeringAt(RedisServer redis) {
        return Map.of(
                "service.instance", "audit-7",
                "registry.redis-url", redis.uri().toString(),
                "registry.advertised-host", "127.0.0.1",
                "registry.heartbeat-interval", "500ms",
                "registry.refresh-interval", "200ms");
    }
}
