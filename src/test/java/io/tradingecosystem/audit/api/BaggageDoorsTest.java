package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.RecordEventsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The run of events by the baggage of the request that they came in. */
class BaggageDoorsTest {
    private static final String EVENT = "{\"id\": \"%s\", \"service\": \"s\", \"type\": \"t\"%s}";

    @TempDir private Path directory;
    private AllDoors doors;

    @BeforeEach
    void open() throws Exception {
        Path settings = Files.writeString(directory.resolve("app.yaml"), "");
        doors = AllDoors.guarded(settings, Map.of(), AdminToken.of(directory));
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldGiveEventsTheRunOfTheirRequest() {
        post("/api/v1/events", "application/json", EVENT.formatted("json", ""));
        post("/api/v1/events", "application/x-ndjson", EVENT.formatted("line", ""));
        post(
                "/api/v1/audit/events",
                "application/json",
                "{\"id\": \"old\", \"event_type\": \"t\", \"source\": \"s\", \"message\": \"m\"}");
        post(
                "/api/v1/cloudevents",
                "application/cloudevents+json",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"t\"}");
        grpc("grpc");

        assertThat(ofRun("run 1")).contains("\"count\":5");
    }

    @Test
    void shouldHeedWhatTheEventItselfSays() {
        post(
                "/api/v1/events",
                "application/json",
                EVENT.formatted("a", ", \"scenario_id\": \"b\""));
        post("/api/v1/events", "application/json", EVENT.formatted("c", ", \"scenarioId\": \"b\""));

        assertThat(ofRun("b")).contains("\"count\":2");
    }

    @Test
    void shouldNotTakeTheBaggageOfAnExportOrANotificationForThatOfWhatIsInIt() {
        post(
                "/v1/traces",
                "application/json",
                """
                {"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "x",
                  "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7"}]}]}]}
                """);

        assertThat(ofRun("run 1")).contains("\"count\":0");
    }

    @Test
    void shouldCountWhatItIgnoresAndTakeTheEvent() {
        post("/api/v1/events", "application/json", EVENT.formatted("x", ""), "scenario_id=%FF");

        assertThat(doors.http.get("/api/v1/events/x").body()).doesNotContain("scenario_id");
        assertThat(doors.http.get("/metrics").body())
                .containsPattern("access_baggage_ignored_total\\{door=\"http\",} 1");
    }

    private void post(String path, String type, String body) {
        post(path, type, body, "a=1, scenario_id=run%201;ttl=1");
    }

    private void post(String path, String type, String body, String baggage) {
        assertThat(
                        doors.http
                                .send(
                                        doors.http
                                                .request(path)
                                                .header("Content-Type", type)
                                                .header("baggage", baggage)
                                                .POST(BodyPublishers.ofString(body)))
                                .statusCode())
                .isBetween(200, 201);
    }

    private void grpc(String id) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("baggage", Metadata.ASCII_STRING_MARSHALLER),
                "scenario_id=run%201");
        Event event = Event.newBuilder().setId(id).setService("s").setType("t").build();
        try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            EventServiceGrpc.newBlockingStub(channel.channel())
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .recordEvents(RecordEventsRequest.newBuilder().addEvents(event).build());
        }
    }

    private String ofRun(String run) {
        return doors.http.get("/api/v1/events?scenario_id=" + run.replace(" ", "%20")).body();
    }
}
