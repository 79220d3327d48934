package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;

import io.helidon.webserver.WebServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.ingest.Ledger;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Valid bodies and queries with some bytes changed, at every door over HTTP: whatever they are now,
 * the answer is one of the door, in its form, and all that was received is accounted for.
 */
class MutatedRequestsProperties {
    private static final String SEED = "20260131";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static AllDoors doors;
    private static CapturedLog log;
    private static CapturedLog serverLog;

    /** A request that is valid as it is. */
    record Sample(String method, String path, String type, byte[] body) {
        static Sample of(String method, String path, String type, String body) {
            return new Sample(method, path, type, body.getBytes(StandardCharsets.UTF_8));
        }

        boolean isOtlp() {
            return path.startsWith("/v1/");
        }

        @Override
        public String toString() {
            return "%s %s %s %s".formatted(method, path, type, ByteString.copyFrom(body));
        }
    }

    /** A change at a place: how many bytes are left out there, what is put in, and how often. */
    record Mutation(int place, int left, byte[] put, int times) {
        byte[] of(byte[] bytes) {
            int at = Math.floorMod(place, bytes.length + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            for (int i = 0; i < times; i++) {
                out.writeBytes(put);
            }
            int rest = Math.min(bytes.length, at + left);
            out.write(bytes, rest, bytes.length - rest);
            return out.toByteArray();
        }
    }

    @BeforeContainer
    static void open() {
        doors = AllDoors.open();
        doors.run("run");
        log = CapturedLog.of(QueryParameters.class.getPackage());
        serverLog = CapturedLog.of(WebServer.class.getPackage());
    }

    @AfterContainer
    static void close() throws Exception {
        log.close();
        serverLog.close();
        doors.close();
    }

    @AfterProperty
    void shouldAccountForAllThatWasReceivedAndFailAtNothing() {
        long stored = 0;
        for (Ledger.Entry row : doors.intake.ledger().entries()) {
            long rejected = row.rejected().values().stream().mapToLong(Long::longValue).sum();
            assertThat(row.stored() + row.duplicate() + row.conflict() + rejected)
                    .as(row.toString())
                    .isEqualTo(row.received());
            stored += row.stored();
        }
        long taken =
                doors.store.read(0, Integer.MAX_VALUE / 2).stream()
                        .filter(event -> !event.type().startsWith("audit."))
                        .filter(event -> !event.id().endsWith("-run"))
                        .count();
        assertThat(taken).isEqualTo(stored);
        assertThat(log.lines()).isEmpty();
        assertThat(serverLog.lines()).isEmpty();
    }

    @Property(tries = 3_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerAnyBodyInTheFormOfTheDoor(
            @ForAll("bodies") Sample sample, @ForAll("mutations") List<Mutation> mutations)
            throws Exception {
        byte[] body = mutated(sample.body(), mutations);

        HttpResponse<byte[]> answer =
                CLIENT.send(
                        doors.http
                                .request(sample.path())
                                .header("Content-Type", sample.type())
                                .method(sample.method(), BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isIn(200, 201, 207, 400, 409, 413);
        if (sample.isOtlp()) {
            requireOtlp(sample.type(), answer);
        } else {
            requireOwn(answer.statusCode(), type(answer), text(answer));
        }
    }

    @Property(tries = 1_500, seed = SEED, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerAnyQueryWithADocumentOrAProblem(
            @ForAll("queries") String path, @ForAll("mutations") List<Mutation> mutations)
            throws IOException {
        int begin = path.indexOf('?') + 1;
        byte[] query =
                mutated(path.substring(begin).getBytes(StandardCharsets.ISO_8859_1), mutations);
        String target = path.substring(0, begin) + spaceless(query);

        String answer;
        try (RawHttp client = new RawHttp(doors.doors.httpPort())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            answer = client.finish().readToEnd();
        }

        int head = answer.indexOf("\r\n\r\n");
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status).as(answer).isIn(200, 400, 404, 414);
        String type = answer.replaceFirst("(?is).*?\r\nContent-Type: ([^\r]*)\r.*", "$1");
        requireOwn(status, type, unchunked(answer.substring(head + 4)));
    }

    /** A line must stay one. */
    private static String spaceless(byte[] query) {
        return new String(query, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x20\\x7f]", "+");
    }

    private static String unchunked(String body) {
        return body.startsWith("{") ? body : body.replaceAll("(?m)^[0-9a-fA-F]+\r\n|\r\n", "");
    }

    private static byte[] mutated(byte[] bytes, List<Mutation> mutations) {
        byte[] mutated = bytes;
        for (Mutation mutation : mutations) {
            mutated = mutation.of(mutated);
        }
        return mutated;
    }

    private static void requireOtlp(String asked, HttpResponse<byte[]> answer)
            throws InvalidProtocolBufferException {
        assertThat(type(answer)).isEqualTo(asked);
        if (answer.statusCode() == 200) {
            return;
        }
        if (asked.equals(PROTOBUF)) {
            Status status = Status.parseFrom(answer.body());
            assertThat(status.getCode()).isPositive();
            assertThat(status.getMessage()).isNotBlank();
        } else {
            JsonNode status = Http.json(text(answer));
            assertThat(status.get("code").isInt()).isTrue();
            assertThat(status.get("message").asText()).isNotBlank();
        }
    }

    private static void requireOwn(int status, String type, String body) {
        JsonNode document = Http.json(body);
        if (status < 400) {
            assertThat(type).startsWith(JSON);
            return;
        }
        assertThat(type).isEqualTo("application/problem+json");
        assertThat(document.get("status").asInt()).isEqualTo(status);
        assertThat(document.get("detail").asText()).isNotBlank();
        assertThat(document.get("error")).isEqualTo(document.get("detail"));
    }

    private static String type(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Sample> bodies() throws IOException {
        String event =
                "{\"service\":\"exchange\",\"type\":\"order.placed\",\"severity\":\"warning\","
                        + "\"occurred_at\":\"2026-01-15T09:30:00.5Z\",\"duration\":\"1.5s\","
                        + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                        + "\"attributes\":{\"order_id\":\"o-1\",\"depth\":[1,{\"a\":null}]},"
                        + "\"links\":[{\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                        + "\"span_id\":\"00f067aa0ba902b7\"}]}";
        String expectation =
                "name: depeg\n"
                    + "scenario: stablecoin-depeg\n"
                    + "critical: true\n"
                    + "when:\n"
                    + "  type: chaos.injected\n"
                    + "expect:\n"
                    + "  - name: alert\n"
                    + "    type: risk.alert.raised\n"
                    + "    within: 30s\n"
                    + "    where: {severity: critical}\n"
                    + "never:\n"
                    + "  - name: halt\n"
                    + "    type: trading.halted\n"
                    + "    within: 1m\n";
        return Arbitraries.of(
                new Sample("POST", "/v1/traces", PROTOBUF, traces()),
                new Sample("POST", "/v1/logs", PROTOBUF, logs()),
                Sample.of(
                        "POST",
                        "/v1/traces",
                        JSON,
                        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                            + "\"value\":{\"stringValue\":\"exchange\"}}]},\"scopeSpans\":[{\"spans\":"
                            + "[{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"POST"
                            + " /orders\",\"kind\":3,"
                            + "\"startTimeUnixNano\":\"1768469400000000000\",\"endTimeUnixNano\":"
                            + "\"1768469400500000000\",\"status\":{\"code\":2}}]}]}]}"),
                Sample.of(
                        "POST",
                        "/v1/logs",
                        JSON,
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
                            + "\"1768469400000000000\",\"severityNumber\":13,\"eventName\":"
                            + "\"order.waits\",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"a\","
                            + "\"value\":{\"doubleValue\":1.5}}]}}}]}]}]}"),
                Sample.of("POST", "/api/v1/events", JSON, event),
                Sample.of("POST", "/api/v1/events", JSON, "[" + event + "," + event + "]"),
                Sample.of(
                        "POST",
                        "/api/v1/events",
                        "application/x-ndjson",
                        event + "\n" + event + "\n"),
                Sample.of(
                        "POST",
                        "/api/v1/audit/events",
                        JSON,
                        "{\"event_type\":\"order.placed\",\"source\":\"exchange\",\"message\":\"x\","
                            + "\"metadata\":{\"order_id\":7}}"),
                Sample.of(
                        "POST",
                        "/api/v1/links",
                        JSON,
                        "{\"cause_id\":\"t-run\",\"effect_id\":\"a-run\",\"type\":\"told\","
                                + "\"confidence\":0.5}"),
                Sample.of(
                        "POST",
                        "/api/v1/audit/correlations",
                        JSON,
                        "{\"source_event_id\":\"t-run\",\"target_event_id\":\"a-run\","
                                + "\"correlation_type\":\"older\"}"),
                Sample.of("PUT", "/api/v1/expectations", "application/yaml", expectation),
                Sample.of(
                        "PUT",
                        "/api/v1/expectations",
                        JSON,
                        "{\"name\":\"depeg\",\"scenario\":\"s\",\"when\":{\"type\":\"a.*\"},\"expect\":"
                            + "[{\"name\":\"b\",\"type\":\"b\",\"within\":\"5s\"}]}"));
    }

    private static byte[] traces() {
        Span span =
                Span.newBuilder()
                        .setTraceId(ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736"))
                        .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
                        .setName("POST /orders")
                        .setStartTimeUnixNano(1_768_469_400_000_000_000L)
                        .setEndTimeUnixNano(1_768_469_400_500_000_000L)
                        .addAttributes(attribute("order.id", "o-1"))
                        .addEvents(Span.Event.newBuilder().setName("checked").setTimeUnixNano(1))
                        .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    private static byte[] logs() {
        LogRecord.Builder record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(1_768_469_400_000_000_000L)
                        .setSeverityText("WARN")
                        .setBody(AnyValue.newBuilder().setStringValue("waits"))
                        .addAttributes(attribute("order.id", "o-1"));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder()
                                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build()
                .toByteArray();
    }

    private static KeyValue.Builder attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value));
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(
                "/api/v1/events?service=exchange&from=2026-01-15T09:30:00Z&to=1768469400000000000&limit=5",
                "/api/v1/events?order=oldest_first&trace_id=4bf92f3577b34da6a3ce929d0e0e4736&pretty",
                "/api/v1/links?kind=rule&rule=a&event_id=a-run&from=-5",
                "/api/v1/timelines?scenario_id=run&silence=1h30m&correct_clocks=true&limit=10",
                "/api/v1/events/a-run/chain?direction=causes&depth=3&size=10",
                "/api/v1/events/a-run/group?by=trace_id,scenario_id&size=2",
                "/api/v1/statistics/delays?scenario_id=run&baseline_from=0&baseline_to=PT1S",
                "/api/v1/verdicts?scenario_id=run&status=FAILED&expectation=e&page_token=",
                "/api/v1/scenarios?limit=1",
                "/api/v1/services?healthy=true&protocol=grpc&metadata.zone=a%2Fb",
                "/api/v1/audit/events/service?service_name=risk-monitor&time_window=999999999999d",
                "/api/v1/audit/correlations?time_window=PT9223372036854775807S");
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<byte[]> telling =
                Arbitraries.of(
                                "",
                                "null",
                                "{",
                                "[",
                                "]",
                                "\"",
                                "\\ud800",
                                "1e999",
                                "-",
                                ".",
                                "0",
                                "%",
                                "99999999999999999999",
                                "999999999999d",
                                "\0",
                                "%00",
                                "%ff",
                                "&",
                                "=",
                                ",",
                                ":",
                                "\n",
                                "  ",
                                "- ",
                                "&a ",
                                "*a ",
                                "!!x ",
                                "\u00e9")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
        Arbitrary<Integer> times =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(9, Arbitraries.just(1)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(0, 2, 70, 200)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4_000),
                        Arbitraries.of(0, 0, 0, 1, 1, 2, 8, 10_000),
                        Arbitraries.oneOf(Arrays.asList(telling, any)),
                        times)
                .as(Mutation::new)
                .list()
                .ofMinSize(0)
                .ofMaxSize(4);
    }
}
