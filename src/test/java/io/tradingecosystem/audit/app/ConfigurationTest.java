package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** The whole service beside a configuration service. */
class ConfigurationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void shouldShowTheConfigurationServiceAndStayHealthyWithoutIt() {
        try (FakeConfigurationService service = FakeConfigurationService.start();
                AuditCorrelator correlator =
                        AuditCorrelator.start(
                                TestSettings.of(
                                        Map.of(
                                                "registry.backend", "in-process",
                                                "configuration.address", "url",
                                                "configuration.cache-ttl", "100ms",
                                                "configuration.unknown-ttl", "100ms",
                                                "configuration.url", service.uri().toString())))) {
            service.put("audit.retention_days", "7", "number");
            Http http = Http.of(correlator.httpPort());
            await().atMost(PATIENCE).until(() -> state(http).equals("CONNECTED"));
            assertThat(http.get("/metrics").body())
                    .contains("configuration_connected 1.0")
                    .contains("configuration_loads_total")
                    .contains("configuration_load_duration_seconds_bucket{outcome=\"succeeded\"");

            service.stop();

            await().atMost(PATIENCE).until(() -> state(http).equals("LOST"));
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    check(http, "configuration")
                                            .at("/data/state")
                                            .asText()
                                            .equals("LOST"));
            assertThat(http.get("/health").statusCode()).isEqualTo(200);
            assertThat(http.get("/metrics").body()).contains("configuration_connected 0.0");
        }
    }

    @Test
    void shouldFindTheConfigurationServiceInTheRegistry() {
        try (RedisServer redis = RedisServer.start();
                FakeConfigurationService service = FakeConfigurationService.start()) {
            redis.client()
                    .hset(
                            "registry:services:configuration-service",
                            Map.of(
                                    "name", "configuration-service",
                                    "host", "127.0.0.1",
                                    "http_port", String.valueOf(service.port()),
                                    "status", "active"));
            try (AuditCorrelator correlator =
                    AuditCorrelator.start(
                            TestSettings.of(
                                    Map.of(
                                            "registry.redis-url", redis.uri().toString(),
                                            "registry.advertised-host", "127.0.0.1",
                                            "configuration.address", "registry")))) {
                Http http = Http.of(correlator.httpPort());

                await().atMost(PATIENCE).until(() -> state(http).equals("CONNECTED"));
                assertThat(service.requests()).isNotEmpty();
            }
        }
    }

    private static String state(Http http) {
        return Http.json(http.get("/api/v1/status")).at("/configuration/state").asText();
    }

    private static JsonNode check(Http http, String name) {
        for (JsonNode check : Http.json(http.get("/health")).get("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }
}
