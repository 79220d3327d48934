package io.tradingecosystem.audit.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.notify.Receiver;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A whole service, and a receiver that is down, refuses, or wants no more. */
@Timeout(120)
class WebhookDoorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir Path directory;
    private Receiver receiver;
    private AuditCorrelator service;
    private Http http;

    @BeforeEach
    void open() {
        receiver = Receiver.open();
        start();
    }

    @AfterEach
    void close() {
        service.close();
        receiver.close();
    }

    private void start() {
        Map<String, String> settings = new HashMap<>();
        settings.put("registry.backend", "in-process");
        settings.put("store.path", directory.resolve("log").toString());
        settings.put("notify.webhooks", "ci");
        settings.put("notify.public-url", "https://audit.example");
        settings.put("notify.ci.url", "http://127.0.0.1:" + receiver.port() + "/very-secret");
        settings.put("notify.ci.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        settings.put("notify.ci.versions", "all");
        settings.put("notify.ci.attempts", "1");
        settings.put("scenario.allowed-lateness", "1s");
        service = AuditCorrelator.start(TestSettings.of(settings));
        http = Http.of(service.httpPort());
    }

    /** A run that is judged at once. */
    private void happens(String run) {
        Instant now = Instant.now();
        HttpResponse<String> sent =
                http.post(
                        "/api/v1/events",
                        """
                        [{"id": "t-%1$s", "service": "test-coordinator", "type": "chaos.injected",
                          "scenario_id": "%1$s", "occurred_at": "%2$s",
                          "attributes": {"chaos": "stablecoin-depeg"}},
                         {"id": "a-%1$s", "service": "risk-monitor", "type": "risk.alert.raised",
                          "severity": "critical", "scenario_id": "%1$s",
                          "occurred_at": "%3$s"}]
                        """
                                .formatted(run, now.minusSeconds(100), now.minusSeconds(80)));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    }

    @Test
    void shouldTellOfAVerdictAsItIsAnswered() {
        happens("run-1");
        await().atMost(PATIENCE).until(() -> !receiver.taken().isEmpty());

        JsonNode event = receiver.taken().getFirst();
        String id = event.at("/data/id").asText();
        JsonNode verdict = Http.json(http.get("/api/v1/verdicts/" + id)).at("/versions/0");
        assertThat(event.get("type").asText())
                .isEqualTo(
                        "io.tradingecosystem.audit.verdict."
                                + verdict.get("status").asText().toLowerCase(Locale.ROOT));
        assertThat(event.get("data")).isEqualTo(verdict);
        assertThat(event.get("link").asText())
                .isEqualTo("https://audit.example/?view=board&verdict=" + id);
        assertThat(event.get("scenarioid").asText()).isEqualTo("run-1");
    }

    @Test
    void shouldShowHowAWebhookIsDoingWithoutItsAddress() {
        happens("run-1");
        await().atMost(PATIENCE).until(() -> !receiver.taken().isEmpty());
        await().atMost(PATIENCE).until(() -> webhook().get("delivered").asInt() > 0);
        // @start region="ask"
        HttpResponse<String> webhooks = http.get("/api/v1/webhooks");
        HttpResponse<String> refused = http.get("/api/v1/webhooks/ci/dead-letters");
        // @end
        assertThat(Http.json(webhooks).at("/webhooks/0/state").asText()).isEqualTo("ACTIVE");
        assertThat(Http.json(refused).get("count").asInt()).isZero();
        for (String path : List.of("/api/v1/webhooks", "/api/v1/status", "/metrics", "/health")) {
            String shown = http.get(path).body();
            assertThat(shown).as(path).contains("ci").doesNotContain("very-secret", "MfKQ9r8G");
        }
        assertThat(http.get("/metrics").body())
                .contains("audit_webhook_active{webhook=\"ci\",} 1.0")
                .contains("audit_webhook_attempt_duration_seconds_count{result=\"delivered\"");
    }

    @Test
    void shouldLoseNothingWhileTheReceiverIsDownAndStayReady() {
        int port = receiver.port();
        receiver.close();
        happens("run-1");
        await().atMost(PATIENCE).until(() -> webhook().get("state").asText().equals("RETRYING"));
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(webhook().at("/last_failure/reason").asText()).isEqualTo("connection refused");
        service.close();
        receiver = Receiver.at(port);
        start();

        await().atMost(PATIENCE).until(() -> !receiver.taken().isEmpty());
        assertThat(receiver.taken().getFirst().get("scenarioid").asText()).isEqualTo("run-1");
    }

    @Test
    void shouldSendAgainWhatWasPutAsideForWhoMay() throws IOException {
        receiver.answer(422);
        happens("run-1");
        await().atMost(PATIENCE).until(() -> webhook().get("dead_letters").asInt() > 0);
        JsonNode letter =
                Http.json(http.get("/api/v1/webhooks/ci/dead-letters")).at("/dead_letters/0");
        assertThat(letter.get("reason").asText()).isEqualTo("status 422");
        receiver.answer(204);

        assertThat(retry("ci", "").statusCode()).isEqualTo(401);
        assertThat(retry("nobody", token()).statusCode()).isEqualTo(404);
        assertThat(http.get("/api/v1/webhooks/nobody/dead-letters").statusCode()).isEqualTo(404);
        assertThat(Http.json(retry("ci", token())).get("again").asInt()).isPositive();

        // What is made meanwhile may come before it.
        await().atMost(PATIENCE)
                .until(
                        () -> receiver.taken().stream().map(event -> event.get("id")).toList(),
                        ids -> ids.contains(letter.get("id")));
        await().atMost(PATIENCE).until(() -> webhook().get("again").asInt() == 0);
    }

    @Test
    void shouldTryWhoWantedNoMoreWhenAsked() throws IOException {
        receiver.answer(410);
        happens("run-1");
        await().atMost(PATIENCE).until(() -> webhook().get("state").asText().equals("DISABLED"));
        receiver.answer(204);

        assertThat(retry("ci", token()).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> !receiver.taken().isEmpty());
    }

    @Test
    void shouldGoOnBehindWhatIsSkippedByWhoMay() throws IOException {
        receiver.answer(500);
        happens("run-1");
        await().atMost(PATIENCE).until(() -> webhook().has("next") && attempts() > 0);
        String next = webhook().get("next").asText();

        assertThat(post("ci/skip?event=" + next, "").statusCode()).isEqualTo(401);
        assertThat(post("nobody/skip?event=" + next, token()).statusCode()).isEqualTo(404);
        assertThat(post("ci/skip", token()).statusCode()).isEqualTo(400);
        HttpResponse<String> other = post("ci/skip?event=another", token());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("that is " + next);
        assertThat(post("ci/skip?event=" + next, token()).statusCode()).isEqualTo(200);

        JsonNode letter =
                Http.json(http.get("/api/v1/webhooks/ci/dead-letters")).at("/dead_letters/0");
        assertThat(letter.get("id").asText()).isEqualTo(next);
        assertThat(letter.get("reason").asText())
                .isEqualTo("skipped by an operator; before: status 500");
    }

    private int attempts() {
        return webhook().get("attempts").asInt();
    }

    private JsonNode webhook() {
        return Http.json(http.get("/api/v1/webhooks")).at("/webhooks/0");
    }

    private String token() throws IOException {
        return AdminToken.read(directory.resolve("log")).orElseThrow();
    }

    private HttpResponse<String> retry(String name, String token) {
        return post(name + "/retry", token);
    }

    private HttpResponse<String> post(String path, String token) {
        var request =
                http.request("/api/v1/webhooks/" + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.noBody());
        return http.send(
                token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }
}
