package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.demo.Player;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Examples in comments of {@code app}, {@code demo} and the doors of a whole service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ServiceExampleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private AuditCorrelator running;
    private Http http;

    @BeforeAll
    void start() {
        Settings settings =
                TestSettings.of(
                        Map.of(
                                "registry.backend",
                                "in-process",
                                "scenario.allowed-lateness",
                                "1s"));
        // @start region="start"
        AuditCorrelator service = AuditCorrelator.start(settings);
        int port = service.httpPort();
        // @end
        running = service;
        http = Http.of(port);
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @Test
    void shouldTakeAnEventAndFindIt() {
        // @start region="events"
        HttpResponse<String> receipt =
                http.post(
                        "/api/v1/events",
                        """
                        {"id": "alert-1", "service": "risk-monitor", "type": "risk.alert.raised",
                         "occurred_at": "2026-01-01T12:00:00Z"}
                        """);
        HttpResponse<String> event = http.get("/api/v1/events/alert-1");
        // @end
        assertThat(receipt.statusCode()).as(receipt.body()).isBetween(200, 299);
        assertThat(Http.json(event).get("type").asText()).isEqualTo("risk.alert.raised");
    }

    @Test
    void shouldAnswerQuestions() {
        // @start region="questions"
        HttpResponse<String> links = http.get("/api/v1/links?limit=10");
        HttpResponse<String> verdicts = http.get("/api/v1/verdicts?limit=10");
        // @end
        assertThat(links.statusCode()).isEqualTo(200);
        assertThat(verdicts.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerOlderClients() {
        // @start region="legacy"
        HttpResponse<String> status = http.get("/api/v1/audit/status");
        // @end
        assertThat(status.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeTelemetry() {
        // @start region="otlp"
        HttpResponse<String> taken =
                http.post(
                        "/v1/logs",
                        """
                        {"resourceLogs": [{
                          "resource": {"attributes": [
                            {"key": "service.name", "value": {"stringValue": "exchange"}}]},
                          "scopeLogs": [{"logRecords": [{
                            "timeUnixNano": "1767268800000000000",
                            "body": {"stringValue": "an order was taken"}}]}]}]}
                        """);
        // @end
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(http.get("/api/v1/events?service=exchange").body())
                                        .contains("an order was taken"));
    }

    @Test
    void shouldPlayARecording() throws Exception {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        URI service = URI.create("http://127.0.0.1:" + running.httpPort());
        // @start region="play"
        List<AuditEvent> recording = Recording.read(Path.of("src/demo/depeg-late.ndjson"));
        Verdict.Status status =
                Player.of(service, out, false, InstantSource.system())
                        .play("depeg-late", recording, Double.POSITIVE_INFINITY, PATIENCE);
        // @end
        assertThat(status).isEqualTo(Verdict.Status.FAILED);
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("events sent");
    }
}
