package io.tradingecosystem.audit.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Jaeger's UI and Grafana's data source ask, and what they get. */
class JaegerDoorsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "0000000000000000a3ce929d0e0e4799";
    private static final String ROOT = "00f067aa0ba902b7";
    private static final String CHILD = "00f067aa0ba902b8";
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
    private Monitoring monitoring;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH), Time.system());
        Doors all = Doors.create(settings.server(), monitoring);
        InstantSource clock = InstantSource.fixed(START.plusSeconds(60));
        Jaeger.add(
                store,
                Intake.aliases(settings.ingest()),
                () -> List.of("settlement"),
                clock,
                System::nanoTime,
                all);
        doors = all.open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        monitoring.close();
    }

    private void appendATrace() {
        store.append(
                List.of(
                        span("gateway", "POST /orders", TRACE, ROOT, "")
                                .duration(Duration.ofMillis(12))
                                .attribute("span.kind", "server")
                                .attribute("retries", new AttributeValue.Whole(3))
                                .attribute("big", new AttributeValue.Whole(1L << 60))
                                .attribute("sampled", new AttributeValue.Flag(true))
                                .attribute("ratio", new AttributeValue.Real(0.5))
                                .attribute("odd", new AttributeValue.Real(Double.NaN))
                                .attribute("raw", AttributeValue.Bytes.of(new byte[] {1, 2}))
                                .build(),
                        span("orders", "order.place", TRACE, CHILD, ROOT)
                                .instance("orders-1")
                                .occurredAt(START.plusMillis(2))
                                .duration(Duration.ofMillis(7))
                                .severity(Severity.ERROR)
                                .attribute("span.kind", "internal")
                                .links(List.of(new SpanLink(OTHER, ROOT)))
                                .build(),
                        log("l1", "orders", CHILD).message("no funds").build(),
                        log("l2", "orders", "00f067aa0ba902ff").build()));
    }

    private static AuditEventBuilder span(
            String service, String name, String trace, String id, String parent) {
        return AuditEvent.builder(service, name)
                .id(trace + "-" + id)
                .traceId(trace)
                .spanId(id)
                .parentSpanId(parent)
                .occurredAt(START);
    }

    private static AuditEventBuilder log(String id, String service, String parent) {
        return AuditEvent.builder(service, "log")
                .id(id)
                .traceId(TRACE)
                .parentSpanId(parent)
                .occurredAt(START.plusMillis(5));
    }

    private JsonNode data(String path) {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode envelope = Http.json(answer);
        assertThat(envelope.path("errors").isNull()).as(answer.body()).isTrue();
        return envelope.path("data");
    }

    private static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> tags(JsonNode span) {
        Map<String, String> tags = new HashMap<>();
        for (JsonNode tag : span.path("tags")) {
            tags.put(tag.path("key").asText(), tag.path("type").asText() + " " + tag.path("value"));
        }
        return tags;
    }

    @Test
    void shouldWriteATraceAsJaegerDoes() {
        // given
        appendATrace();

        // when
        JsonNode trace = data("/api/traces/" + TRACE).path(0);

        // then
        assertThat(trace.path("traceID").asText()).isEqualTo(TRACE);
        JsonNode root = trace.path("spans").path(0);
        assertThat(root.path("operationName").asText()).isEqualTo("POST /orders");
        assertThat(root.path("startTime").asLong()).isEqualTo(START.toEpochMilli() * 1_000);
        assertThat(root.path("duration").asLong()).isEqualTo(12_000);
        assertThat(root.path("references")).isEmpty();
        assertThat(tags(root))
                .containsEntry("span.kind", "string \"server\"")
                .containsEntry("retries", "int64 3")
                .containsEntry("big", "int64 \"1152921504606846976\"")
                .containsEntry("sampled", "bool true")
                .containsEntry("ratio", "float64 0.5")
                .containsEntry("odd", "string \"NaN\"")
                .containsEntry("raw", "binary \"AQI=\"")
                .doesNotContainKey("error");
        JsonNode child = trace.path("spans").path(1);
        assertThat(child.path("references").toString())
                .isEqualTo(
                        "[{\"refType\":\"CHILD_OF\",\"traceID\":\"%s\",\"spanID\":\"%s\"},{\"refType\":\"FOLLOWS_FROM\",\"traceID\":\"a3ce929d0e0e4799\",\"spanID\":\"%s\"}]"
                                .formatted(TRACE, ROOT, ROOT));
        assertThat(tags(child)).containsEntry("error", "bool true");
        JsonNode process = trace.path("processes").path(child.path("processID").asText());
        assertThat(process.path("serviceName").asText()).isEqualTo("orders");
        assertThat(tags(process)).containsEntry("service.instance.id", "string \"orders-1\"");
    }

    @Test
    void shouldShowEveryEventOfATraceAsASpanOrALog() {
        appendATrace();

        JsonNode spans = data("/api/traces/" + TRACE).path(0).path("spans");

        JsonNode fields = spans.path(1).path("logs").path(0).path("fields");
        assertThat(fields.toString()).contains("\"log\"", "no funds");
        assertThat(spans).hasSize(3);
        JsonNode alone = spans.path(2);
        assertThat(alone.path("spanID").asText()).matches("[0-9a-f]{16}");
        assertThat(tags(alone)).containsEntry("audit.event_id", "string \"l2\"");
        assertThat(alone.path("duration").asLong()).isZero();
    }

    @Test
    void shouldFindTracesByServiceOperationTagsAndDuration() {
        appendATrace();

        // @start region="search"
        JsonNode found = data("/api/traces?service=orders&operation=order.place&minDuration=5ms");
        // @end

        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("spans")).hasSize(3);
        assertThat(data("/api/traces?service=orders&tags=" + quoted("{\"error\":\"true\"}")))
                .hasSize(1);
        assertThat(data("/api/traces?service=gateway&tag=retries:3&maxDuration=12ms")).hasSize(1);
        for (String none :
                List.of(
                        "service=orders&operation=POST%20%2Forders",
                        "service=orders&minDuration=7.1ms&tag=span.kind:internal",
                        "service=gateway&maxDuration=11999us",
                        "service=gateway&tags=" + quoted("{\"error\":\"true\"}"),
                        "service=gateway&tag=retries:4",
                        "service=nobody",
                        "service=gateway&end=" + START.toEpochMilli() * 1_000)) {
            assertThat(data("/api/traces?" + none)).as(none).isEmpty();
        }
    }

    @Test
    void shouldGiveTheNewestTracesUpToTheLimit() {
        for (int i = 0; i < 5; i++) {
            String trace = TRACE.substring(1) + i;
            store.append(
                    List.of(
                            span("gateway", "get", trace, ROOT, "")
                                    .occurredAt(START.plusSeconds(i))
                                    .build()));
        }

        JsonNode found = data("/api/traces?service=gateway&limit=2");

        assertThat(found)
                .extracting(trace -> trace.path("traceID").asText())
                .containsExactly(TRACE.substring(1) + 4, TRACE.substring(1) + 3);
    }

    @Test
    void shouldTakeIdsWithoutTheirLeadingZerosAndNameThoseThatAreMissing() {
        store.append(List.of(span("gateway", "get", OTHER, ROOT, "").build()));

        assertThat(data("/api/traces/a3ce929d0e0e4799").path(0).path("traceID").asText())
                .isEqualTo("a3ce929d0e0e4799");
        JsonNode both =
                Http.json(http.get("/api/traces?traceID=a3ce929d0e0e4799&traceID=" + TRACE));
        assertThat(both.path("data")).hasSize(1);
        assertThat(both.path("errors").toString())
                .isEqualTo(
                        "[{\"code\":404,\"msg\":\"trace not found\",\"traceID\":\"%s\"}]"
                                .formatted(TRACE));
    }

    @Test
    void shouldListServicesAndWhatTheyDo() {
        appendATrace();

        assertThat(data("/api/services").toString())
                .isEqualTo("[\"gateway\",\"orders\",\"settlement\"]");
        assertThat(data("/api/services/orders/operations").toString())
                .isEqualTo("[\"log\",\"order.place\"]");
        assertThat(data("/api/operations?service=orders&spanKind=internal").toString())
                .isEqualTo("[{\"name\":\"order.place\",\"spanKind\":\"internal\"}]");
        assertThat(data("/api/operations?service=orders")).hasSize(2);
    }

    @Test
    void shouldCountCallsFromServiceToService() {
        appendATrace();
        store.append(List.of(span("orders", "inner", TRACE, "00f067aa0ba902c0", CHILD).build()));

        assertThat(
                        data("/api/dependencies?lookback=60000&endTs="
                                        + START.plusSeconds(30).toEpochMilli())
                                .toString())
                .isEqualTo("[{\"parent\":\"gateway\",\"child\":\"orders\",\"callCount\":1}]");
        assertThat(data("/api/dependencies?lookback=60000&endTs=" + START.toEpochMilli()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /api/traces                                             | parameter 'service' is required
                    /api/traces?service=a&start=x                           | unable to parse param 'start': "x"
                    /api/traces?service=a&end=-1                            | unable to parse param 'end': "-1"
                    /api/traces?service=a&limit=many                        | unable to parse param 'limit': "many"
                    /api/traces?service=a&minDuration=5                     | unable to parse param 'minDuration': "5"
                    /api/traces?service=a&minDuration=5s&maxDuration=1s     | 'maxDuration' should be greater than 'minDuration'
                    /api/traces?service=a&tag=error                         | malformed 'tag' parameter, expecting key:value, received: error
                    /api/traces?service=a&tags=%5B%5D                       | malformed 'tags' parameter, expecting a JSON object of texts, received: []
                    /api/traces?service=a&tags=%7B%22a%22%3A1%7D            | malformed 'tags' parameter, expecting a JSON object of texts, received: {"a":1}
                    /api/traces?service=a&tags=%7B                          | malformed 'tags' parameter, expecting a JSON object of texts, received: {
                    /api/traces/xyz                                         | cannot parse trace ID "xyz": it is up to 32 hex digits
                    /api/traces?traceID=123456789012345678901234567890123   | cannot parse trace ID "123456789012345678901234567890123": it is up to 32 hex digits
                    /api/operations                                         | parameter 'service' is required
                    /api/dependencies?endTs=now                             | unable to parse param 'endTs': "now"
                    """)
    void shouldSayWhatIsWrongInJaegersForm(String path, String message) {
        HttpResponse<String> answer = http.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode envelope = Http.json(answer);
        assertThat(envelope.path("data").isNull()).isTrue();
        assertThat(envelope.path("errors").path(0).path("code").asInt()).isEqualTo(400);
        assertThat(envelope.path("errors").path(0).path("msg").asText()).isEqualTo(message);
    }

    @Test
    void shouldSayThatATraceIsNotThere() {
        HttpResponse<String> answer = http.get("/api/traces/" + TRACE);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Http.json(answer).path("errors").toString())
                .isEqualTo("[{\"code\":404,\"msg\":\"trace not found\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/traces?service=a&lookback=1h&prettyPrint=true&unknown=1",
                "/api/traces?service=a&limit=0",
                "/api/traces?service=a&limit=999999999&service=b"
            })
    void shouldBeAsLooseWithParametersAsJaegerIs(String path) {
        assertThat(data(path)).isEmpty();
    }
}
