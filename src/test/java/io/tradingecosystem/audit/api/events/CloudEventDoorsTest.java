package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.ingest.Ledger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CloudEvents over HTTP, with the examples of the specification 1.0.2. */
class CloudEventDoorsTest {
    private static final String PATH = "/api/v1/cloudevents";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String SOME_EVENT =
            """
            {"specversion": "1.0", "type": "com.example.someevent", "source": "/mycontext",
             "id": "%s", "time": "2018-04-05T17:31:00Z", "comexampleextension1": "value",
             "comexampleothervalue": 5, "unsetextension": null, %s}
            """;

    private EventDoors doors;

    @BeforeEach
    void open() {
        doors = EventDoors.open(Map.of());
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldTakeAnEventOfBinaryMode() {
        HttpResponse<String> answer =
                binary(
                        "application/json; charset=utf-8",
                        "{\"order_id\": \"o-1\", \"price\": {\"amount\": 2.5}}",
                        headers("1234-1234-1234"));

        assertThat(answer.statusCode()).isEqualTo(201);
        AuditEvent event = stored(1);
        assertThat(event.service()).isEqualTo("/mycontext/subcontext");
        assertThat(event.type()).isEqualTo("com.example.someevent");
        assertThat(event.occurredAt()).isEqualTo("2018-04-05T03:56:24Z");
        assertThat(event.attribute("order_id")).isEqualTo("o-1");
        assertThat(event.attribute("cloudevents.event_id")).isEqualTo("1234-1234-1234");
        assertThat(event.attribute("cloudevents.event_source")).isEqualTo("/mycontext/subcontext");
        assertThat(event.attributes().get("price"))
                .isEqualTo(
                        new AttributeValue.Mapping(Map.of("amount", new AttributeValue.Real(2.5))));
    }

    @Test
    void shouldKnowAnEventAgainInEachMode() {
        String data =
                "\"datacontenttype\": \"application/xml\", \"data\": \"<much wow=\\\"xml\\\"/>\"";
        String event = SOME_EVENT.formatted("B234-1234-1234", data);
        Map<String, String> headers = headers("B234-1234-1234");
        headers.put("ce-source", "/mycontext");
        headers.put("ce-time", "2018-04-05T17:31:00Z");
        headers.put("ce-comexampleextension1", "value");
        headers.put("ce-comexampleothervalue", "5");

        assertThat(send(STRUCTURED, event).body()).contains("STORED");
        assertThat(send(STRUCTURED + "; charset=UTF-8", event).body()).contains("DUPLICATE");
        assertThat(send(BATCH, "[" + event + "]").body()).contains("DUPLICATE");
        assertThat(binary("application/xml", "<much wow=\"xml\"/>", headers).body())
                .contains("DUPLICATE");
        assertThat(stored(1).attribute("data")).isEqualTo("<much wow=\"xml\"/>");
    }

    @Test
    void shouldKnowTheSameJsonAgainWhetherItsTypeIsNamedOrItIsBase64() {
        for (String data :
                List.of(
                        "\"data\": {\"a\": 1}",
                        "\"data\": {\"a\": 1}, \"datacontenttype\": \"application/json\"",
                        "\"data_base64\": \"eyJhIjogMX0=\", \"datacontenttype\":"
                                + " \"application/json\"")) {
            assertThat(send(STRUCTURED, SOME_EVENT.formatted("x", data)).statusCode())
                    .isEqualTo(201);
        }
        assertThat(doors.store.lastPosition()).isEqualTo(1);
    }

    @Test
    void shouldAnswerConflictToOtherContentUnderSourceAndId() {
        send(STRUCTURED, SOME_EVENT.formatted("x", "\"data\": 1"));

        HttpResponse<String> answer = send(STRUCTURED, SOME_EVENT.formatted("x", "\"data\": 2"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("CONFLICT");
    }

    @Test
    void shouldTellSourcesAndIdsApartWhereverOneEndsAndTheOtherBegins() {
        String batch =
                """
                [{"specversion": "1.0", "type": "t", "source": "/a", "id": "b/c"},
                 {"specversion": "1.0", "type": "t", "source": "/a/b", "id": "c"},
                 {"specversion": "1.0", "type": "t", "source": "/a/b/", "id": "c"}]
                """;

        assertThat(send(BATCH, batch).body()).contains("\"stored\":3");
    }

    @Test
    void shouldTakeTheOthersOfABatchWithABadOne() {
        String batch =
                """
                [{"specversion": "1.0", "type": "t", "source": "/a", "id": "1"},
                 {"specversion": "0.3", "type": "t", "source": "/a", "id": "2"},
                 {"specversion": "1.0", "type": "t", "source": "/a"},
                 {"specversion": "1.0", "type": "t", "source": "/a", "id": "4", "time": "noon"},
                 {"specversion": "1.0", "type": "t", "source": "/a", "id": "5", "extra": [1]},
                 {"specversion": "1.0", "type": "t", "source": "/a", "id": "6", "data": 1, "data_base64": ""},
                 7,
                 {"specversion": "1.0", "type": "t", "source": "/a", "id": "8", "data_base64": "?"}]
                """;

        HttpResponse<String> answer = send(BATCH, batch);

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body())
                .contains("\"stored\":1", "\"rejected\":7")
                .contains("specversion \\\"0.3\\\" is not 1.0")
                .contains("id of a CloudEvent is required")
                .contains(
                        "BAD_TIME",
                        "extra of a CloudEvent is to be a text",
                        "and this one has both")
                .contains(
                        "\"item\":7,\"id\":\"\",\"outcome\":\"REJECTED\",\"reason\":\"MALFORMED\"")
                .contains("data_base64 is not Base64");
    }

    @Test
    void shouldTakeAnEmptyBatch() {
        assertThat(send(BATCH, "[]").statusCode()).isEqualTo(201);
        assertThat(send(BATCH, "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldMapExtensions() {
        String event =
                SOME_EVENT.formatted(
                        "x",
                        """
                        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "tracestate": "rojo=1", "severitynumber": 17, "subject": "o-1",
                        "correlationid": "flow-1", "scenarioid": "run-1", "service": "exchange",
                        "data": {"subject": "s", "sequence": 2}, "sequence": "00017"\
                        """);

        assertThat(send(STRUCTURED, event).statusCode()).isEqualTo(201);

        AuditEvent stored = stored(1);
        assertThat(stored.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(stored.parentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(stored.severity()).isEqualTo(Severity.ERROR);
        assertThat(stored.correlationId()).isEqualTo("flow-1");
        assertThat(stored.scenarioId()).isEqualTo("run-1");
        assertThat(stored.service()).isEqualTo("exchange");
        assertThat(stored.attribute("subject")).isEqualTo("s");
        assertThat(stored.attribute("cloudevents.event_subject")).isEqualTo("o-1");
        assertThat(stored.attribute("sequence")).isEqualTo("2");
        assertThat(stored.attribute("cloudevents.sequence")).isEqualTo("00017");
        assertThat(stored.attribute("tracestate")).isEqualTo("rojo=1");
    }

    @Test
    void shouldIgnoreATraceParentThatIsNone() {
        String event = SOME_EVENT.formatted("x", "\"traceparent\": \"00-0-0-01\"");

        assertThat(send(STRUCTURED, event).statusCode()).isEqualTo(201);
        assertThat(stored(1).traceId()).isEmpty();
        assertThat(stored(1).attribute("traceparent")).isEqualTo("00-0-0-01");
    }

    @Test
    void shouldKeepBytesAndBoundThem() {
        byte[] thrift = {0, 1, 2, (byte) 0xff};
        HttpRequest.Builder request =
                doors.http
                        .request(PATH)
                        .header("Content-Type", "application/vnd.apache.thrift.binary")
                        .POST(BodyPublishers.ofByteArray(thrift));
        headers("A234-1234-1234").forEach(request::header);
        assertThat(doors.http.send(request).statusCode()).isEqualTo(201);
        assertThat(stored(1).attributes().get("data")).isEqualTo(AttributeValue.Bytes.of(thrift));

        String large = "\"data\": \"" + "x".repeat(70_000) + "\"";
        assertThat(send(STRUCTURED, SOME_EVENT.formatted("y", large)).body())
                .contains("ATTRIBUTE_SIZE");
    }

    @Test
    void shouldDecodeHeadersAndRefuseThoseThatAreNotEncoded() {
        Map<String, String> headers = headers("%E2%82%AC%20100%25");
        assertThat(binary("application/json", "null", headers).statusCode()).isEqualTo(201);
        assertThat(stored(1).attribute("cloudevents.event_id")).isEqualTo("€ 100%");
        assertThat(stored(1).attributes().get("data")).isEqualTo(new AttributeValue.Empty());

        HttpResponse<String> bare = binary("application/json", "{}", headers("100%"));
        assertThat(bare.statusCode()).isEqualTo(400);
        assertThat(bare.body()).contains("ce-id", "percent-encoded");

        HttpRequest.Builder twice =
                doors.http.request(PATH).header("ce-id", "1").POST(BodyPublishers.noBody());
        headers("2").forEach(twice::header);
        assertThat(doors.http.send(twice).body()).contains("ce-id is there more than once");
    }

    @Test
    void shouldSayWhatIsNoCloudEvent() {
        assertThat(send("application/json", "{\"specversion\": \"1.0\"}").body())
                .contains("MISSING_FIELD", "specversion");
        assertThat(send("application/cloudevents+avro", "x").statusCode()).isEqualTo(415);
        assertThat(send(STRUCTURED, "{").statusCode()).isEqualTo(400);
        assertThat(send(STRUCTURED, "{} {}").body()).contains("a batch is an array");
        assertThat(binary("application/json", "{", headers("x")).body())
                .contains("data is not JSON");
    }

    @Test
    void shouldCountItsEventsAtADoorOfItsOwn() {
        send(STRUCTURED, SOME_EVENT.formatted("x", "\"data\": 1"));

        assertThat(doors.intake.ledger().entries())
                .extracting(entry -> entry.door().label(), Ledger.Entry::stored)
                .containsExactly(tuple("cloudevents", 1L));
    }

    @Test
    void shouldSayWhenToComeBackWhenTheLogIsBusy() {
        doors.log.busy(1);

        HttpResponse<String> answer = send(STRUCTURED, SOME_EVENT.formatted("x", "\"data\": 1"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    private static Map<String, String> headers(String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", "com.example.someevent");
        headers.put("CE-Time", "2018-04-05T03:56:24Z");
        headers.put("ce-id", id);
        headers.put("ce-source", "/mycontext/subcontext");
        return headers;
    }

    private HttpResponse<String> binary(String type, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                doors.http
                        .request(PATH)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
        Map<String, String> once = new LinkedHashMap<>();
        headers.forEach((name, value) -> once.put(name.toLowerCase(Locale.ROOT), value));
        once.forEach(request::header);
        return doors.http.send(request);
    }

    private HttpResponse<String> send(String type, String body) {
        return binary(type, body, Map.of());
    }

    private AuditEvent stored(long position) {
        return doors.store.read(position - 1, 1).getFirst();
    }
}
