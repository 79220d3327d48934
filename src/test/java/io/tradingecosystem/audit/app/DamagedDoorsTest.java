package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.DamagedDirectory;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One log with a damaged table of events and one of ids, and what each door says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DamagedDoorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final int SPANS = 400;

    private final Random random = new Random(1);
    private final List<String> ids = new ArrayList<>();
    private AuditCorrelator service;
    private Http http;
    private final Set<Long> lost = new HashSet<>();
    private int unreadable;

    @BeforeAll
    void damage(@TempDir Path directory) throws IOException {
        Settings settings =
                TestSettings.of(
                        Map.of(
                                "store.path",
                                directory.resolve("log").toString(),
                                "registry.backend",
                                "in-process"));
        start(settings);
        for (int from = 0; from < SPANS; from += 100) {
            assertThat(export(IntStream.range(from, from + 100).boxed().toList()).statusCode())
                    .isEqualTo(200);
        }
        for (JsonNode each : Http.json(http.get("/api/v1/events?limit=1000")).path("events")) {
            if (each.path("trace_id").asText().equals(TRACE)) {
                ids.addFirst(each.path("id").asText());
            }
        }
        assertThat(ids).hasSize(SPANS);
        await().atMost(PATIENCE)
                .until(() -> http.get("/api/v1/links?limit=1000").body().contains(ids.getLast()));
        service.close();
        DamagedDirectory.damage(settings.store(), "events");
        start(settings);
        for (String id : ids) {
            HttpResponse<String> answer = http.get("/api/v1/events/" + id);
            if (answer.statusCode() == 503) {
                lost.add(Http.json(answer).path("from_position").asLong());
            }
        }
        assertThat(lost).isNotEmpty().hasSizeLessThan(SPANS / 2);
        unreadable =
                IntStream.range(0, SPANS)
                        .filter(i -> http.get("/api/v1/events/" + ids.get(i)).statusCode() == 503)
                        .findFirst()
                        .orElseThrow();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private void start(Settings settings) {
        service = AuditCorrelator.start(settings);
        http = Http.of(service.httpPort());
    }

    /** Each is the parent of the next. */
    private HttpResponse<String> export(List<Integer> numbers) {
        String spans = numbers.stream().map(this::span).collect(Collectors.joining(","));
        return http.post(
                "/v1/traces",
                """
                {"resourceSpans": [{
                  "resource": {"attributes": [
                    {"key": "service.name", "value": {"stringValue": "engine"}}]},
                  "scopeSpans": [{"spans": [%s]}]}]}
                """
                        .formatted(spans));
    }

    private String span(int number) {
        long now = System.currentTimeMillis() * 1_000_000;
        String noise =
                random.ints(600, 'a', 'z' + 1)
                        .mapToObj(c -> String.valueOf((char) c))
                        .collect(Collectors.joining());
        return """
        {"traceId": "%s", "spanId": "%016x", "parentSpanId": "%s", "name": "step", "kind": 1,
         "startTimeUnixNano": "%d", "endTimeUnixNano": "%d",
         "attributes": [{"key": "noise", "value": {"stringValue": "%s"}}]}
        """
                .formatted(
                        TRACE,
                        number + 1,
                        number == 0 ? "" : "%016x".formatted(number),
                        now,
                        now + 1_000,
                        noise);
    }

    private HttpResponse<String> get(String path) {
        return http.get(
                path.replace("BEFORE", ids.get(unreadable - 1))
                        .replace("LOST", ids.get(unreadable))
                        .replace("TRACE", TRACE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events?limit=1000",
                "/api/v1/events?trace_id=TRACE&limit=1000",
                "/api/v1/events/LOST",
                "/api/v1/timelines?trace_id=TRACE",
                "/api/v1/timelines?service=engine",
                "/api/v1/events/BEFORE/chain?direction=effects",
                "/api/v1/events/BEFORE/chain",
                "/api/v1/events/LOST/chain",
                "/api/v1/events/BEFORE/group",
                "/api/v1/audit/events/trace/TRACE",
                "/api/v1/audit/events/service?service_name=engine",
                "/api/v1/audit/correlations",
                "/api/v1/links?limit=1000",
                "/api/v1/links?event_id=LOST",
                "/api/v1/statistics/delays?trace_id=TRACE",
            })
    void shouldNameTheFileWhereAnAnswerNeedsWhatIsLost(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(503);
        assertThat(answer.body()).containsPattern("\\d{6}\\.sst");
        assertThat(lost).contains(Http.json(answer).path("from_position").asLong());
        assertThat(lost).contains(Http.json(answer).path("to_position").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/verdicts", "/api/v1/scenarios", "/api/v1/links?limit=1"})
    void shouldAnswerWhereNothingIsNeededOfWhatIsLost(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/events/stream?after=0, event", "/api/v1/links/stream?after=0, link"})
    void shouldTellOfAGapInAStreamAndGoOn(String path, String record) throws Exception {
        try (var stream = ServerSentEvents.of(service.httpPort(), path)) {
            until(stream, record);
            until(stream, "gap");
            assertThat(stream.next("data")).containsPattern("\\d{6}\\.sst");
            until(stream, record);
            assertThat(stream.next("data")).contains(TRACE);
        }
    }

    private static void until(ServerSentEvents stream, String event) throws IOException {
        while (!stream.next("event").equals(event)) {
            // What stands before it.
        }
    }

    @Test
    void shouldStoreTheHealthySpansOfARequest() {
        HttpResponse<String> answer = export(List.of(unreadable, SPANS));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.json(answer).at("/partialSuccess/rejectedSpans").asInt()).isEqualTo(1);
        assertThat(Http.json(answer).at("/partialSuccess/errorMessage").asText())
                .contains("LOG_DAMAGED 1", ".sst");
        assertThat(http.get("/api/v1/events/%s-%016x".formatted(TRACE, SPANS + 1)).statusCode())
                .isEqualTo(200);
    }
}
