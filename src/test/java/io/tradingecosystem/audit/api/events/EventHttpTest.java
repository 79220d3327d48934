package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Events that come in over HTTP, with everything that can go wrong on the way. */
@Timeout(120)
class EventHttpTest {
    private static final String EVENTS = "/api/v1/events";

    private EventDoors doors = EventDoors.open(Map.of());

    @AfterEach
    void shouldHaveBooksThatBalance() {
        JsonNode books = doors.books();
        doors.close();
        long rejected = 0;
        for (JsonNode count : books.path("rejected")) {
            rejected += count.asLong();
        }
        assertThat(books.path("in_flight").asLong()).isZero();
        assertThat(books.path("received").asLong())
                .isEqualTo(
                        books.path("stored").asLong()
                                + books.path("duplicate").asLong()
                                + books.path("conflict").asLong()
                                + rejected);
    }

    private void reopen(Map<String, String> changes) {
        doors.close();
        doors = EventDoors.open(changes);
    }

    private HttpResponse<String> lines(String body) {
        return doors.http.send(
                doors.http
                        .request(EVENTS)
                        .header("Content-Type", "application/x-ndjson; charset=utf-8")
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void shouldTakeOneEventAndGiveItBack() {
        HttpResponse<String> response =
                doors.http.post(
                        EVENTS,
                        """
                        {"serviceName": "trading-engine", "event_type": "order.placed",
                         "orderId": "O-1", "colour": "red", "size": 5}
                        """);

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode event =
                Http.json(doors.http.get(EVENTS + "/" + Http.json(response).get("id").asText()));
        assertThat(event.get("service").asText()).isEqualTo("trading-system-engine");
        assertThat(event.get("attributes").toString())
                .isEqualTo("{\"order_id\":\"O-1\",\"colour\":\"red\",\"size\":5}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json ;charset=utf-8", "application/json ; charset=utf-8"})
    void shouldTakeWhiteSpaceBeforeAParameterOfTheMediaType(String type) {
        HttpResponse<String> response =
                doors.http.send(
                        doors.http
                                .request(EVENTS)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(EventDoors.line("a"))));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(doors.http.get(EVENTS + "/a").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGoOnWithTheNextPositionAfterARefusal() {
        doors.http.post(EVENTS, EventDoors.line("a"));
        assertThat(doors.http.post(EVENTS, "{\"service\":\"s\"}").statusCode()).isEqualTo(400);
        doors.http.post(EVENTS, EventDoors.line("b"));

        JsonNode latest = Http.json(doors.http.get(EVENTS + "?limit=1")).get("events");

        assertThat(latest).hasSize(1);
        assertThat(latest.get(0).get("id").asText()).isEqualTo("b");
        assertThat(latest.get(0).get("position").asInt()).isEqualTo(2);
    }

    @Test
    void shouldTellOneEventItsOwnProblem() {
        HttpResponse<String> refused = doors.http.post(EVENTS, "{\"service\":\"s\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused).get("reason").asText()).isEqualTo("MISSING_FIELD");
        assertThat(Http.json(refused).get("error").asText())
                .isEqualTo("type is required and not there");
        assertThat(doors.http.post(EVENTS, EventDoors.line("a")).statusCode()).isEqualTo(201);
        HttpResponse<String> again = doors.http.post(EVENTS, EventDoors.line("a"));
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(Http.json(again).get("outcome").asText()).isEqualTo("DUPLICATE");
        HttpResponse<String> other =
                doors.http.post(EVENTS, EventDoors.line("a").replace("ORD-1", "ORD-2"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(Http.json(other).get("position").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id-length             | {'id':'$20'}                          | ID_SIZE",
                "name-length           | {'type':'$20'}                        | NAME_SIZE",
                "message-length        | {'message':'$1100'}                   | MESSAGE_SIZE",
                "attributes            | {'a':1,'b':2,'c':3}                   | ATTRIBUTE_COUNT",
                "attribute-name-length | {'$20':1}                             |"
                        + " ATTRIBUTE_NAME_SIZE",
                "attribute-size        | {'a':'$1100'}                         | ATTRIBUTE_SIZE",
                "attribute-depth       | {'a':[[[1]]]}                         | ATTRIBUTE_DEPTH",
                "event-size            | {'message':'$800','a':'$800'}         | EVENT_SIZE",
                "links                 | {'links':[$L,$L]}                     | LINK_COUNT",
                "none                  | {'occurred_at':'1999-01-01T00:00:00Z'}| PAST_TIME",
                "none                  | {'occurred_at':'2999-01-01T00:00:00Z'}| FUTURE_TIME",
                "none                  | {'occurred_at':'soon'}                | BAD_TIME",
                "none                  | {'duration':'long'}                   | BAD_DURATION",
                "none                  | {'trace_id':'xyz'}                    | BAD_TRACE_CONTEXT",
                "none                  | {'trace_id':'$A32'}                   | BAD_TRACE_CONTEXT",
                "none                  | {'span_id':'$A16'}                    | BAD_TRACE_CONTEXT",
                "none                  | {'parent_span_id':'$A16'}             | BAD_TRACE_CONTEXT",
                "none                  | {'links':[{'trace_id':'$A32','span_id':'$A16'}]} |"
                        + " BAD_TRACE_CONTEXT",
                "none                  | {'severity':'pink'}                   | BAD_FIELD",
            })
    void shouldNameTheLimitThatAnEventBreaks(String limit, String members, String reason) {
        String value =
                switch (limit) {
                    case "id-length", "name-length", "attribute-name-length" -> "16";
                    case "attributes", "attribute-depth" -> "2";
                    case "links" -> "1";
                    default -> "1024";
                };
        reopen(limit.equals("none") ? Map.of() : Map.of("ingest.limits." + limit, value));
        String reported =
                "{'service':'s','type':'t'}"
                        .replace("'type':'t'", members.contains("'type'") ? "" : "'type':'t',")
                        .replace("}", members.substring(1));
        for (int length : new int[] {1100, 800, 20}) {
            reported = reported.replace("$" + length, "x".repeat(length));
        }
        // Digits of another script.
        reported =
                reported.replace("$A32", "\u0663".repeat(32)).replace("$A16", "\u0663".repeat(16));
        String link = "{'trace_id':'" + "a".repeat(32) + "','span_id':'" + "b".repeat(16) + "'}";

        HttpResponse<String> response =
                doors.http.post(EVENTS, reported.replace("$L", link).replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Http.json(response).get("reason").asText()).isEqualTo(reason);
        assertThat(doors.books().path("rejected").path(reason).asInt()).isEqualTo(1);
    }

    @Test
    void shouldClampABadTimeIfToldToAndSayIt() {
        reopen(Map.of("ingest.bad-time", "clamp"));

        HttpResponse<String> response =
                doors.http.post(
                        EVENTS,
                        "{\"id\":\"a\",\"service\":\"s\",\"type\":\"t\",\"occurred_at\":1000}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(Http.json(response).get("detail").asText()).contains("PAST_TIME");
        assertThat(doors.store.byId("a").orElseThrow().occurredAt())
                .hasToString("2000-01-01T00:00:00Z");
    }

    @Test
    void shouldGiveEachEventOfABatchItsResult() {
        HttpResponse<String> response =
                doors.http.post(
                        EVENTS,
                        "[" + EventDoors.line("a") + "," + EventDoors.line("a") + ", 7, {}]");

        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(Http.json(response).get("results").findValuesAsText("outcome"))
                .containsExactly("STORED", "DUPLICATE", "REJECTED", "REJECTED");
        assertThat(doors.http.post(EVENTS, "[]").statusCode()).isEqualTo(201);
        HttpResponse<String> none = doors.http.post(EVENTS, "[{}, {}]");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(Http.json(none).get("results")).hasSize(2);
    }

    @Test
    void shouldRefuseABodyThatIsNestedTooDeep() {
        String deep =
                "{\"service\":\"s\",\"type\":\"t\",\"attributes\":{\"a\":"
                        + "[".repeat(10_001)
                        + "]".repeat(10_001)
                        + "}}";

        assertThat(doors.http.post(EVENTS, deep).statusCode()).isEqualTo(400);
        HttpResponse<String> mixed = lines(deep + "\n" + EventDoors.line("a"));
        assertThat(Http.json(mixed).get("results").findValuesAsText("reason"))
                .containsExactly("MALFORMED");
        assertThat(doors.store.byId("a")).isPresent();
    }

    @Test
    void shouldTakeANumberThatHasTooManyPlacesForAText() {
        for (String number : List.of("1e1000000000", "1e-1000000000")) {
            String event =
                    "{\"id\":\"%s\",\"service\":\"s\",\"type\":\"t\",\"attributes\":{\"n\":\"%s\"}}"
                            .formatted(number, number);
            assertThat(doors.http.post(EVENTS, event).statusCode()).isEqualTo(201);
            HttpResponse<String> literal =
                    doors.http.post(
                            EVENTS, event.replace("\"n\":\"" + number + "\"", "\"n\":" + number));
            assertThat(literal.statusCode()).isEqualTo(400);
            assertThat(literal.body()).contains("send it as a text");
            assertThat(doors.store.byId(number).orElseThrow().attributes().get("n"))
                    .as(number)
                    .isEqualTo(new AttributeValue.Text(number));
        }
    }

    @Test
    void shouldStoreNothingOfABodyThatIsNotJson() {
        HttpResponse<String> response =
                doors.http.post(EVENTS, "[" + EventDoors.line("a") + ", {\"service\"");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Http.json(response).get("line").asInt()).isEqualTo(2);
        assertThat(Http.json(response).get("instance").asText()).isEqualTo(EVENTS);
        assertThat(doors.store.lastPosition()).isZero();
        assertThat(doors.books().path("rejected").path("MALFORMED").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void shouldLoseNoEventBesideOneWithATextThatIsNone(String type) {
        String bodies =
                EventDoors.line("a")
                        + EventDoors.line("b").replace("ORD-1", "\u00c0\u00af")
                        + EventDoors.line("c").replace("order_id", "\\ud800")
                        + EventDoors.line("d\u00ff")
                        + EventDoors.line("e");

        HttpResponse<String> response =
                doors.http.send(
                        doors.http
                                .request(EVENTS)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofByteArray(bodies.getBytes(ISO_8859_1))));

        assertThat(response.statusCode()).isEqualTo(207);
        JsonNode results = Http.json(response).get("results");
        assertThat(results.findValuesAsText("outcome"))
                .containsExactly("STORED", "STORED", "STORED", "REJECTED", "STORED");
        assertThat(results.get(1).get("detail").asText()).contains("audit.invalid_text");
        assertThat(results.get(3).get("detail").asText()).startsWith("id has what is no Unicode");
        assertThat(doors.store.byId("b").orElseThrow().attribute("order_id"))
                .isEqualTo("\ufffd\ufffd");
        assertThat(doors.store.byId("c").orElseThrow().attribute("\ufffd")).isEqualTo("ORD-1");
    }

    @Test
    void shouldKnowAnEventWithoutATimeWhenItComesAgain() {
        String event = "{\"id\":\"a\",\"service\":\"s\",\"type\":\"t\"}";

        assertThat(doors.http.post(EVENTS, event).body()).contains("STORED");
        assertThat(doors.http.post(EVENTS, event).body()).contains("DUPLICATE");
        assertThat(doors.http.post(EVENTS, event.replace("t\"", "u\"")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void shouldRefuseOverTheOlderPathWhatItWouldChange() {
        String event =
                "{\"service\":\"s\",\"event_type\":\"t\",\"message\":\"m\",\"metadata\":{\"n\":%s}}";

        HttpResponse<String> refused =
                doors.http.post("/api/v1/audit/events", event.formatted("1e999"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("BAD_FIELD", "1e999");
        assertThat(doors.http.post("/api/v1/audit/events", event.formatted("0.1")).statusCode())
                .isEqualTo(201);
        assertThat(doors.store.read(0, 1).getFirst().attribute("n")).isEqualTo("0.1");
    }

    @Test
    void shouldRefuseABatchOverTheLimit() {
        reopen(Map.of("ingest.max-batch", "2"));

        HttpResponse<String> response =
                doors.http.post(EVENTS, "[{},{}," + EventDoors.line("a") + "]");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(doors.store.lastPosition()).isZero();
        assertThat(lines(EventDoors.line("a").repeat(5)).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldGoOnBehindALineThatCannotBeRead() {
        reopen(Map.of("ingest.max-line-size", "1KiB"));
        String body =
                EventDoors.line("a")
                        + "nonsense\r\n\r\n"
                        + "{\"service\":\""
                        + "x".repeat(3_000)
                        + "\"}\n"
                        + EventDoors.line("b").stripTrailing();

        HttpResponse<String> response = lines(body);

        assertThat(response.statusCode()).isEqualTo(207);
        JsonNode results = Http.json(response).get("results");
        assertThat(results.findValuesAsText("item")).containsExactly("1", "2", "4", "5");
        assertThat(results.findValuesAsText("reason")).containsExactly("MALFORMED", "EVENT_SIZE");
        assertThat(doors.store.lastPosition()).isEqualTo(2);
    }

    @Test
    void shouldTellASenderToComeBackWhenTheLogIsBusy() {
        reopen(Map.of("ingest.patience", "0s"));
        doors.log.busy(2);

        HttpResponse<String> one = doors.http.post(EVENTS, EventDoors.line("a"));
        HttpResponse<String> many = lines(EventDoors.line("b"));

        assertThat(one.statusCode()).isEqualTo(429);
        assertThat(one.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(many.statusCode()).isEqualTo(429);
        assertThat(Http.json(many).get("last_item").asInt()).isZero();
        assertThat(doors.books().path("rejected").path("BUSY").asInt()).isEqualTo(2);
        assertThat(doors.http.post(EVENTS, EventDoors.line("a")).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldHoldAStreamUpWhileTheLogIsBusyForAMoment() {
        doors.log.busy(2);

        assertThat(lines(EventDoors.line("a")).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldSayThatTheLogCannotBeWritten() {
        doors.log.unavailable(2);

        HttpResponse<String> one = doors.http.post(EVENTS, EventDoors.line("a"));
        HttpResponse<String> many = lines(EventDoors.line("b").repeat(3));

        assertThat(one.statusCode()).isEqualTo(503);
        assertThat(Http.json(one).get("detail").asText()).isEqualTo("the disk is full");
        assertThat(many.statusCode()).isEqualTo(503);
        assertThat(doors.books().path("rejected").path("UNAVAILABLE").asInt()).isPositive();
    }

    @Test
    void shouldTakeGzip() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            for (int i = 0; i < 20_000; i++) {
                zip.write(EventDoors.line("e" + i).getBytes(StandardCharsets.UTF_8));
            }
        }

        HttpResponse<String> response =
                doors.http.send(
                        doors.http
                                .request(EVENTS)
                                .header("Content-Type", "application/x-ndjson")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(doors.store.lastPosition()).isEqualTo(20_000);
        assertThat(Http.json(response).get("results_complete").asBoolean()).isFalse();
    }

    @Test
    void shouldKeepWhatCameBeforeASenderDied() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", doors.httpPort())) {
            String line = EventDoors.line("a");
            String half = EventDoors.line("b").substring(0, 30);
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/events HTTP/1.1\r\nHost: x\r\n"
                                            + "Content-Type: application/x-ndjson\r\n"
                                            + "Content-Length: 100000\r\n\r\n"
                                            + line
                                            + half)
                                    .getBytes(StandardCharsets.UTF_8));
            // It is stored at once, though the body goes on.
            await().until(() -> doors.store.lastPosition() == 1);
        }

        await().until(() -> doors.books().path("received").asInt() == 2);
        assertThat(doors.books().path("rejected").path("MALFORMED").asInt()).isEqualTo(1);
    }

    @Test
    void shouldServeTheOlderServicesClients() {
        String legacy = "/api/v1/audit/events";
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        for (String message : new String[] {"first", "second"}) {
            HttpResponse<String> sent =
                    doors.http.post(
                            legacy,
                            ("{'event_type':'order.placed','source':'exchange','message':'%s',"
                                            + "'trace_id':'%s','tags':['x'],'metadata':{'n':1}}")
                                    .formatted(message, trace)
                                    .replace('\'', '"'));
            assertThat(sent.statusCode()).isEqualTo(201);
            assertThat(Http.json(sent).get("status").asText()).isEqualTo("success");
        }
        HttpResponse<String> bad =
                doors.http.post(legacy, "{\"source\":\"exchange\",\"message\":\"m\"}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Http.json(bad).get("error").asText()).contains("type is required");
        assertThat(doors.http.post(legacy, "{\"source\":\"x\",\"event_type\":\"y\"}").body())
                .contains("message is required");

        JsonNode byTrace = Http.json(doors.http.get(legacy + "/trace/" + trace));
        JsonNode byService =
                Http.json(
                        doors.http.get(
                                legacy + "/service?service_name=exchange&event_type=order.placed"));

        assertThat(byTrace.get("count").asInt()).isEqualTo(2);
        JsonNode event = byTrace.get("events").get(0);
        assertThat(event.get("metadata").toString()).isEqualTo("{\"n\":1,\"message\":\"first\"}");
        assertThat(event.get("tags").toString()).isEqualTo("[\"x\"]");
        assertThat(event.get("status").asText()).isEqualTo("processed");
        assertThat(byService.get("time_window").asText()).isEqualTo("1h0m0s");
        assertThat(byService.get("events").get(0).get("metadata").get("message").asText())
                .isEqualTo("second");
        assertThat(doors.http.get(legacy + "/service").statusCode()).isEqualTo(400);
        assertThat(doors.http.get(legacy + "/service?service_name=x&time_window=soon").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldCountEventsInMetrics() {
        AuditEvent event = EventDoors.event("a");
        doors.http.post(EVENTS, EventDoors.line(event.id()));
        doors.http.post(EVENTS, "{\"service\":\"risk-monitor\"}");

        assertThat(doors.http.get("/metrics").body().replace(",}", "}"))
                .contains(
                        "audit_events_ingested_total{event_type=\"t\",source=\"risk-monitor\"} 1.0")
                .contains("audit_ingestion_lag_seconds_count{source=\"risk-monitor\"} 1")
                .contains("audit_events_received_total{door=\"http\",source=\"risk-monitor\"} 2.0")
                .contains(
                        "audit_events_rejected_total{door=\"http\",reason=\"MISSING_FIELD\","
                                + "source=\"risk-monitor\"} 1.0");
    }
}
