package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import static java.net.http.HttpRequest.BodyPublishers.noBody;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.JsonSchema;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Holds the published description to what the doors really do. */
class OpenApiTest {
    private AllDoors doors;
    private Http http;
    private JsonNode document;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
        http = doors.http;
        document = doors.document();
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        Set<String> registered = new TreeSet<>();
        doors.doors
                .routes()
                .forEach(
                        (path, methods) ->
                                methods.forEach(method -> registered.add(method + " " + path)));

        assertThat(described).isEqualTo(registered);
    }

    @Test
    void shouldAnswerAsDescribed() throws IOException {
        doors.run("run");
        String id = doors.verdicts.verdicts().madeAfter(0, 1).getFirst().verdict().id();

        for (String path :
                List.of(
                        "/health",
                        "/health/live",
                        "/health/ready",
                        "/health/started",
                        "/api/v1/status",
                        "/api/v1/audit/status",
                        "/api/v1/health",
                        "/api/v1/ready",
                        "/api/v1/services",
                        "/api/v1/peers",
                        "/api/v1/peers/risk-monitor/health",
                        "/api/v1/peers/risk-monitor/metrics",
                        "/api/v1/peers/trading-engine/health",
                        "/api/v1/peers/trading-engine/status",
                        "/api/v1/verdicts",
                        "/api/v1/scenarios",
                        "/api/v1/rules",
                        "/api/v1/expectations",
                        "/api/v1/coverage",
                        "/api/v1/access-log")) {
            check(path, path);
        }
        check("/health/{condition}", "/health/linking");
        check("/health/{condition}", "/health/judging");
        check("/health/{condition}", "/health/gambling");
        check("/api/v1/verdicts/{id}", "/api/v1/verdicts/" + id);
        check("/api/v1/verdicts/{id}", "/api/v1/verdicts/nobody");
        check("/api/v1/verdicts", "/api/v1/verdicts?limit=0");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/run");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/run?report=junit");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/nobody");
        check("/api/v1/scenarios/{id}/outcome", "/api/v1/scenarios/run/outcome?wait=10ms");
        check("/api/v1/scenarios/{id}/outcome", "/api/v1/scenarios/nobody/outcome");
        check("/api/v1/scenarios/{id}/outcome", "/api/v1/scenarios/run/outcome?as_of=x");
        check("/api/v1/rules/{name}", "/api/v1/rules/placed-order-is-accepted");
        check("/api/v1/rules/{name}", "/api/v1/rules/nobody");
        check(
                "/api/v1/expectations/{name}",
                "/api/v1/expectations/quiet-day-raises-no-critical-alert");
        check("/api/v1/timelines", "/api/v1/timelines?scenario_id=run");
        check("/api/v1/timelines", "/api/v1/timelines");
        check("/api/v1/links", "/api/v1/links?rule=chaos-injection-raises-risk-alert");
        check("/api/v1/links", "/api/v1/links?kind=guessed");
        check("/api/v1/audit/correlations", "/api/v1/audit/correlations?time_window=1h");
        check("/api/v1/events/{id}/chain", "/api/v1/events/t-run/chain");
        check("/api/v1/events/{id}/chain", "/api/v1/events/nobody/chain");
        check("/api/v1/events/{id}/group", "/api/v1/events/t-run/group");
        check(
                "/api/v1/statistics/delays",
                "/api/v1/statistics/delays?scenario_id=run&baseline=other");
        check("/api/v1/comparisons", "/api/v1/comparisons?run=run&baseline=run");
        check("/api/v1/comparisons", "/api/v1/comparisons?run=run&baseline=run&report=junit");
        check("/api/v1/comparisons", "/api/v1/comparisons?run=run&baseline=nobody");
        check("/api/v1/comparisons", "/api/v1/comparisons?run=run&baseline=a,a");
    }

    @Test
    void shouldTakeAndFindEventsAsDescribed() throws IOException {
        String event =
                """
                {"id": "e", "service": "risk-monitor", "type": "t", "severity": "error", "links": [],
                 "occurred_at": "2026-01-31T12:00:00Z", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                 "tags": ["a"], "message": "m"}
                """;
        check("post", "/api/v1/events", "/api/v1/events", http.post("/api/v1/events", event));
        for (String body :
                List.of(
                        "[" + event + ", {}]",
                        "[{}]",
                        "{}",
                        "[",
                        event.replace("\"t\"", "\"u\""))) {
            check("post", "/api/v1/events", "/api/v1/events", http.post("/api/v1/events", body));
        }
        String legacy = "/api/v1/audit/events";
        String taken = "{\"event_type\":\"x\",\"source\":\"s\",\"message\":\"m\"}";
        check("post", legacy, legacy, http.post(legacy, taken));
        check("post", legacy, legacy, http.post(legacy, "{\"event_type\":\"x\"}"));
        check("/api/v1/events", "/api/v1/events?order=oldest_first");
        check("/api/v1/events", "/api/v1/events?colour=red");
        check("/api/v1/events/{id}", "/api/v1/events/e");
        check("/api/v1/events/{id}", "/api/v1/events/nobody");
        check(legacy + "/trace/{trace_id}", legacy + "/trace/4bf92f3577b34da6a3ce929d0e0e4736");
        check(legacy + "/service", legacy + "/service?service_name=risk-monitor&time_window=9999d");
        check(legacy + "/service", legacy + "/service");
    }

    @Test
    void shouldTakeCloudEventsAsDescribed() throws IOException {
        String path = "/api/v1/cloudevents";
        String event =
                """
                {"specversion": "1.0", "type": "t", "source": "s", "id": "1", "data": {"a": 1}}
                """;
        for (String body :
                List.of(event, event, event.replace("{\"a\"", "{\"b\""), "{}", "[", "7")) {
            check("post", path, path, postCloudEvents("application/cloudevents+json", body));
        }
        for (String body : List.of("[" + event + ", {}]", "[{}]", "[]", "{}")) {
            check("post", path, path, postCloudEvents("application/cloudevents-batch+json", body));
        }
        check("post", path, path, postCloudEvents("application/cloudevents+xml", "<a/>"));
        check("post", path, path, http.post(path, "{}"));
        check("post", path, path, http.post(path + "?colour=red", "{}"));
    }

    @Test
    void shouldTakeAlertsAsDescribed() throws IOException {
        String path = "/api/v1/alertmanager";
        String alert =
                """
                {"status": "firing", "fingerprint": "f", "labels": {}, "startsAt": "2026-01-31T12:00:00Z"}
                """;
        for (String alerts : List.of(alert, alert, alert + ", 7", "")) {
            String body = "{\"version\": \"4\", \"alerts\": [" + alerts + "]}";
            check("post", path, path, http.post(path, body));
        }
        check("post", path, path, http.post(path, "{}"));
        check("post", path, path, http.post(path, "["));
    }

    private HttpResponse<String> postCloudEvents(String type, String body) {
        return http.send(
                http.request("/api/v1/cloudevents")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void shouldAnswerOpenTelemetryAsDescribed() throws IOException {
        String refused = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}";
        for (String path : List.of("/v1/traces", "/v1/logs", "/v1/metrics")) {
            check("post", path, path, http.post(path, "{}"));
            check("post", path, path, http.post(path, refused));
            check("post", path, path, http.post(path, "{"));
            check("post", path, path, http.send(http.request(path).POST(noBody())));
        }
    }

    private void check(String pattern, String path) throws IOException {
        HttpResponse<String> response = http.get(path);
        check("get", pattern, path, response);
        assertThat(response.body()).as("the last line of %s is one", path).endsWith("\n");
    }

    private void check(String method, String pattern, String path, HttpResponse<String> response)
            throws IOException {
        String type =
                response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode described =
                resolved(
                        document.at("/paths")
                                .path(pattern)
                                .at("/" + method + "/responses")
                                .path(Integer.toString(response.statusCode())));
        JsonNode content = described.at("/content").path(type);

        assertThat(content.isMissingNode())
                .as("%s answers %d with %s", path, response.statusCode(), type)
                .isFalse();
        if (type.endsWith("json")) {
            JsonNode body = new ObjectMapper().readTree(response.body());
            assertThat(JsonSchema.problems(document, content.get("schema"), body))
                    .as(path)
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asText().substring(1));
    }
}
