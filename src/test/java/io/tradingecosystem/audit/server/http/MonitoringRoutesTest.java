package io.tradingecosystem.audit.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringRoutesTest {
    private OpenDoorsFixture fixture;
    private Http http;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("service.instance", "audit-7", "service.environment", "staging"),
                        (doors, monitoring) -> {
                            doors.about("Knows <everything>.")
                                    .link("/api/v1/<things>", "things & more");
                            monitoring
                                    .status()
                                    .add(new StatusSection("part", () -> new Part("ok", 3)))
                                    .add(new StatusSection("broken", MonitoringRoutesTest::broken));
                            monitoring
                                    .health()
                                    .add(Health.detail("peers", () -> Map.of("risk", "DOWN")));
                        });
        http = fixture.http;
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started"})
    void shouldAnswerProbes(String path) {
        HttpResponse<String> response = http.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Http.json(response).path("status").asText()).isEqualTo("UP");
    }

    @Test
    void shouldNameEveryCheckInHealth() {
        assertThat(Http.json(http.get("/health")).path("checks").findValuesAsText("name"))
                .contains("peers", "serving");
    }

    @Test
    void shouldAnswerHealthAsLegacyClientsExpect() {
        JsonNode health = Http.json(http.get("/api/v1/health"));

        assertThat(health.path("status").asText()).isEqualTo("healthy");
        assertThat(health.path("service").asText()).isEqualTo("audit-correlator");
        assertThat(health.path("instance").asText()).isEqualTo("audit-7");
        assertThat(health.path("version").asText()).isEqualTo("1.0.0");
        assertThat(health.path("environment").asText()).isEqualTo("staging");
        assertThat(Instant.parse(health.path("timestamp").asText())).isAfter(Instant.EPOCH);
    }

    @Test
    void shouldAnswerReadyAsLegacyClientsExpect() {
        JsonNode ready = Http.json(http.get("/api/v1/ready"));

        assertThat(ready.path("status").asText()).isEqualTo("ready");
        assertThat(ready.path("checks").path("serving").asText()).isEqualTo("UP");
    }

    @Test
    void shouldShowIdentityAndEverySectionInTheStatus() {
        JsonNode status = Http.json(http.get("/api/v1/status"));

        assertThat(status.path("instance").asText()).isEqualTo("audit-7");
        assertThat(status.path("uptime_seconds").asDouble()).isNotNegative();
        assertThat(status.path("build").path("commit").asText()).isEqualTo("abcdef0");
        assertThat(status.path("part").path("some_count").asInt()).isEqualTo(3);
    }

    @Test
    void shouldShowTheRestOfTheStatusWhenOneSectionFails() {
        JsonNode status = Http.json(http.get("/api/v1/status"));

        assertThat(status.path("broken").path("failure").asText()).contains("section is broken");
    }

    @Test
    void shouldGivePrometheusTextByDefaultAndOpenMetricsOnRequest() {
        HttpResponse<String> text = http.get("/metrics");
        HttpResponse<String> open =
                http.send(
                        http.request("/metrics")
                                .header(
                                        "Accept",
                                        "application/openmetrics-text;version=1.0.0;q=0.5,"
                                                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.1"));

        assertThat(text.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body()).contains("# TYPE jvm_threads gauge");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void shouldShowAPageThatLeadsEverywhere() {
        HttpResponse<String> page = http.get("/");

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("href=\"/health\"")
                .contains("href=\"/metrics\"")
                .contains("audit-7")
                .contains("Knows &lt;everything&gt;.")
                .contains("/api/v1/&lt;things&gt;")
                .contains("things &amp; more")
                .doesNotContain("http://")
                .doesNotContain("<style")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("script-src"));
        HttpResponse<String> style = http.get("/page.css");
        assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(style.body()).contains("body {");
    }

    private static Object broken() {
        throw new IllegalStateException("section is broken");
    }

    private record Part(String state, int someCount) {}
}
