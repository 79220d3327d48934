package io.tradingecosystem.audit.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.logging.TraceContext;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpListenerTest {
    private static final int LIMIT = 2048;

    private OpenDoorsFixture fixture;
    private Http http;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.http.max-body-size", LIMIT + "B"),
                        (doors, monitoring) -> {
                            doors.routes("/test", new TestRoutes());
                            monitoring
                                    .problems()
                                    .map(
                                            FullException.class,
                                            e ->
                                                    Problem.of(Kind.BUSY, "The shelf is full.")
                                                            .with("shelf", e.shelf)
                                                            .retryAfter(Duration.ofMillis(1_200)));
                        });
        http = fixture.http;
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldAnswerAnUnknownPathWithProblemDetails() {
        HttpResponse<String> response = http.get("/nowhere?x=1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = Http.json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("title").asText()).isEqualTo("Not Found");
        assertThat(problem.path("instance").asText()).isEqualTo("/nowhere");
        assertThat(problem.path("error")).isEqualTo(problem.path("detail"));
    }

    @Test
    void shouldAnswerAWrongMethodWithTheMethodsThatThePathHas() {
        HttpResponse<String> response = http.send(http.request("/test/items/7").DELETE());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, PUT, HEAD, OPTIONS");
        assertThat(Http.json(response).path("detail").asText()).contains("GET, PUT");
    }

    @Test
    void shouldTellTheMethodsOfAPathToOptions() {
        HttpResponse<String> response =
                http.send(http.request("/test/echo").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Allow")).contains("POST, OPTIONS");
    }

    @Test
    void shouldTellWhereBadJsonGoesWrong() {
        HttpResponse<String> response = http.post("/test/echo", "{\n  \"a\": 1,\n  \"b\": oops}");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = Http.json(response);
        assertThat(problem.path("line").asInt()).isEqualTo(3);
        assertThat(problem.path("column").asInt()).isBetween(8, 14);
        assertThat(problem.path("detail").asText()).contains("oops");
    }

    @Test
    void shouldRefuseAnEmptyBodyWhereJsonIsExpected() {
        assertThat(http.post("/test/echo", "").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseJsonWithSomethingBehindIt() {
        assertThat(http.post("/test/echo", "{} {}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseABodyThatIsAnnouncedTooLarge() {
        HttpResponse<String> response = http.post("/test/echo", jsonOf(LIMIT + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Http.json(response).path("limit").asInt()).isEqualTo(LIMIT);
    }

    @Test
    void shouldRefuseABodyThatTurnsOutTooLarge() {
        byte[] body = jsonOf(LIMIT + 1).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> response =
                http.send(
                        http.request("/test/echo")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body))));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldTakeABodyOfExactlyTheLimit() {
        assertThat(http.post("/test/echo", jsonOf(LIMIT)).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldLetARouteSetABoundOfItsOwn() {
        HttpResponse<String> response = http.post("/test/count", "x".repeat(LIMIT * 10));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(String.valueOf(LIMIT * 10));
    }

    @Test
    void shouldInflateABodyInGzip() throws IOException {
        HttpResponse<String> response = postGzip(gzip("{\"a\":1}"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.json(response).path("a").asInt()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAGzipBomb() throws IOException {
        assertThat(postGzip(gzip(jsonOf(10_000_000))).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseWhatIsNotGzipThoughItSaysSo() {
        byte[] lie = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> response = postGzip(lie);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Http.json(response).path("detail").asText()).contains("gzip");
    }

    @Test
    void shouldTellADomainFailureAsItIsMapped() {
        HttpResponse<String> response = http.get("/test/full");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        JsonNode problem = Http.json(response);
        assertThat(problem.path("error").asText()).isEqualTo("The shelf is full.");
        assertThat(problem.path("shelf").asText()).isEqualTo("top");
    }

    @Test
    void shouldReportAnInternalFailureByAnIdOnly() {
        HttpResponse<String> response = http.get("/test/bug");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(Http.json(response).path("error_id").asText()).hasSize(36);
    }

    @Test
    void shouldAnswerWhatIsNotHttpWithProblemDetails() {
        String answer = http.raw("GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @Test
    void shouldAnswerAnUnknownContentEncodingWithProblemDetails() {
        HttpResponse<String> response =
                http.send(
                        http.request("/test/echo")
                                .header("Content-Encoding", "br")
                                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void shouldHandOverTheTraceOfTheCaller() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        HttpResponse<String> response =
                http.send(
                        http.request("/test/trace")
                                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        assertThat(response.body()).isEqualTo(trace);
        assertThat(http.get("/test/trace").body()).isEqualTo("none");
    }

    @Test
    void shouldMeasureByRoutePatternNeverByPath() {
        http.get("/test/items/secret-item");
        http.get("/no/such/path");

        String metrics = http.get("/metrics").body();

        assertThat(metrics)
                .contains(
                        "http_requests_total{code=\"200\",method=\"GET\",route=\"/test/items/{id}\",}")
                .contains(
                        "http_request_errors_total{code=\"404\",method=\"GET\",route=\"unknown\",}")
                .contains("le=\"0.025\"")
                .doesNotContain("secret-item")
                .doesNotContain("/no/such/path")
                .doesNotContain("scope=");
    }

    private HttpResponse<String> postGzip(byte[] body) {
        return http.send(
                http.request("/test/echo")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A JSON document of exactly this many bytes. */
    private static String jsonOf(int bytes) {
        String frame = "{\"a\":\"\"}";
        return "{\"a\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }

    private static final class TestRoutes implements HttpService {
        @Override
        public void routing(HttpRules rules) {
            rules.get("/items/{id}", (request, response) -> response.send("item"))
                    .put("/items/{id}", (request, response) -> response.send("item"))
                    .post("/echo", TestRoutes::echo)
                    .post("/count", TestRoutes::count)
                    .get("/full", (request, response) -> full())
                    .get("/bug", (request, response) -> bug())
                    .get("/trace", TestRoutes::trace);
        }

        private static void echo(ServerRequest request, ServerResponse response) {
            response.send(Json.bytes(RequestBodies.json(request, JsonNode.class)));
        }

        private static void count(ServerRequest request, ServerResponse response)
                throws IOException {
            try (InputStream body = RequestBodies.stream(request, Long.MAX_VALUE)) {
                response.send(String.valueOf(body.readAllBytes().length));
            }
        }

        private static void trace(ServerRequest request, ServerResponse response) {
            response.send(TraceContext.current().map(TraceContext::traceId).orElse("none"));
        }

        private static void full() {
            throw new FullException("top");
        }

        private static void bug() {
            throw new IllegalStateException("secret detail");
        }
    }

    private static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String shelf;

        FullException(String shelf) {
            super(shelf);
            this.shelf = shelf;
        }
    }
}
