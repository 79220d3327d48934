package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What only the correlator says, sent by every door as it goes over the wire: each is refused by
 * its name, and what stands beside it in the request is stored.
 */
@Timeout(60)
class ReservedWordsTest {
    private static final String FREE = "audit.report";
    private static final Set<String> TYPES = new TreeSet<>(OwnWords.TYPES);
    private static final String JSON = "application/json";

    private final AllDoors doors = AllDoors.open();
    private GrpcChannel channel;

    @BeforeEach
    void call() {
        channel = GrpcChannel.to(doors.doors.grpcPort());
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        doors.close();
    }

    /** An event of each of our types, one with an id of ours, and one that is anybody's. */
    private static List<String> events() {
        List<String> events = new ArrayList<>();
        TYPES.forEach(type -> events.add(json(type, "")));
        events.add(json("order.placed", "\"id\": \"audit:verdict-1-v1\", "));
        events.add(json(FREE, ""));
        return events;
    }

    private static String json(String type, String id) {
        return "{%s\"service\": \"stranger\", \"type\": \"%s\"}".formatted(id, type);
    }

    private static List<Event> messages() {
        List<Event> events = new ArrayList<>();
        TYPES.forEach(type -> events.add(message(type).build()));
        events.add(message("order.placed").setId("audit:verdict-1-v1").build());
        events.add(message(FREE).build());
        return events;
    }

    private static Event.Builder message(String type) {
        return Event.newBuilder()
                .setService("stranger")
                .setType(type)
                // Whoever says so himself proves nothing.
                .setAuthor(Event.Author.OWN);
    }

    private String post(String path, String type, String body) {
        return doors.http
                .send(
                        doors.http
                                .request(path)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body)))
                .body();
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    /** The types that strangers got into the log. */
    private List<String> stored() {
        return doors.store.read(0, 10_000).stream()
                .filter(event -> event.service().equals("stranger"))
                .peek(event -> assertThat(event.isAuthorTold()).isFalse())
                .map(AuditEvent::type)
                .toList();
    }

    private void assertRefused(String answer) {
        assertThat(count(answer, "RESERVED_TYPE")).as(answer).isEqualTo(TYPES.size());
        assertThat(count(answer, "RESERVED_ID")).as(answer).isEqualTo(1);
        assertThat(stored()).containsExactly(FREE);
    }

    @Test
    void shouldBeRefusedInABatchOverHttp() {
        assertRefused(post("/api/v1/events", JSON, events().toString()));
    }

    @Test
    void shouldBeRefusedInLinesOverHttp() {
        String lines = String.join("\n", events()) + "\n";

        assertRefused(post("/api/v1/events", "application/x-ndjson", lines));
    }

    @Test
    void shouldBeRefusedOnTheOlderPath() {
        String event = "{\"event_type\": \"%s\", \"source\": \"stranger\", \"message\": \"m\"}";
        for (String type : TYPES) {
            assertThat(post("/api/v1/audit/events", JSON, event.formatted(type)))
                    .contains("RESERVED_TYPE");
        }

        post("/api/v1/audit/events", JSON, event.formatted(FREE));

        assertThat(stored()).containsExactly(FREE);
    }

    @Test
    void shouldBeRefusedInABatchOverGrpc() {
        assertRefused(
                EventServiceGrpc.newBlockingStub(channel.channel())
                        .recordEvents(
                                RecordEventsRequest.newBuilder().addAllEvents(messages()).build())
                        .toString());
    }

    @Test
    void shouldBeRefusedInAStreamOverGrpc() throws Exception {
        StringBuilder answers = new StringBuilder();
        CompletableFuture<String> end = new CompletableFuture<>();
        StreamObserver<StreamEventsRequest> stream =
                EventServiceGrpc.newStub(channel.channel())
                        .streamEvents(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(StreamEventsResponse response) {
                                        answers.append(response);
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        end.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        end.complete(answers.toString());
                                    }
                                });
        stream.onNext(StreamEventsRequest.newBuilder().addAllEvents(messages()).build());
        stream.onCompleted();

        assertRefused(end.get());
    }

    /** A log record's name is its event's type; ids of OpenTelemetry cannot be ours. */
    private static String record(String type) {
        return "{\"eventName\": \"%s\", \"body\": {\"stringValue\": \"m\"}}".formatted(type);
    }

    private static String types(String separator) {
        return TYPES.stream()
                .map(ReservedWordsTest::record)
                .collect(Collectors.joining(separator, "", separator + record(FREE)));
    }

    @Test
    void shouldBeRefusedInLogsOfOpenTelemetryAsJson() {
        String answer =
                post(
                        "/v1/logs",
                        JSON,
                        "{\"resourceLogs\": [{%s, \"scopeLogs\": [{\"logRecords\": [%s]}]}]}"
                                .formatted(resource(), types(",")));

        assertRefusedByOtlp(answer);
    }

    private static String resource() {
        return "\"resource\": {\"attributes\": [{\"key\": \"service.name\", \"value\":"
                + " {\"stringValue\": \"stranger\"}}]}";
    }

    private void assertRefusedByOtlp(String answer) {
        assertThat(answer).contains("RESERVED_TYPE");
        assertThat(count(answer, "ejected")).as(answer).isPositive();
        assertThat(stored()).containsExactly(FREE);
        assertThat(doors.http.get("/metrics").body())
                .containsPattern(
                        "audit_events_rejected_total\\{.*reason=\"RESERVED_TYPE\".*} "
                                + TYPES.size());
    }

    private static ExportLogsServiceRequest logs() {
        ScopeLogs.Builder records = ScopeLogs.newBuilder();
        TYPES.forEach(type -> records.addLogRecords(LogRecord.newBuilder().setEventName(type)));
        records.addLogRecords(LogRecord.newBuilder().setEventName(FREE));
        ResourceLogs.Builder resource = ResourceLogs.newBuilder().addScopeLogs(records);
        resource.getResourceBuilder()
                .addAttributes(
                        KeyValue.newBuilder()
                                .setKey("service.name")
                                .setValue(AnyValue.newBuilder().setStringValue("stranger")));
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(resource).build();
    }

    @Test
    void shouldBeRefusedInLogsOfOpenTelemetryAsProtobuf() {
        String answer =
                doors.http
                        .send(
                                doors.http
                                        .request("/v1/logs")
                                        .header("Content-Type", "application/x-protobuf")
                                        .POST(BodyPublishers.ofByteArray(logs().toByteArray())))
                        .body();

        assertThat(answer).contains("RESERVED_TYPE");
        assertThat(stored()).containsExactly(FREE);
    }

    @Test
    void shouldBeRefusedInLogsOfOpenTelemetryOverGrpc() {
        String answer =
                LogsServiceGrpc.newBlockingStub(channel.channel()).export(logs()).toString();

        assertRefusedByOtlp(answer);
    }

    private static ExportTraceServiceRequest traces() {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder();
        TYPES.forEach(type -> spans.addSpans(span(type)));
        spans.addSpans(span(FREE));
        ResourceSpans.Builder resource = ResourceSpans.newBuilder().addScopeSpans(spans);
        resource.setResource(logs().getResourceLogs(0).getResource());
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource).build();
    }

    private static Span.Builder span(String type) {
        return Span.newBuilder()
                .setTraceId(ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736"))
                .setSpanId(ByteString.fromHex("%016x".formatted(1 + type.hashCode() & 0xffff)))
                .setName(type)
                .setStartTimeUnixNano(1_768_469_400_000_000_000L)
                .setEndTimeUnixNano(1_768_469_400_500_000_000L);
    }

    @Test
    void shouldBeRefusedInTracesAsProtobuf() {
        String answer =
                doors.http
                        .send(
                                doors.http
                                        .request("/v1/traces")
                                        .header("Content-Type", "application/x-protobuf")
                                        .POST(BodyPublishers.ofByteArray(traces().toByteArray())))
                        .body();

        assertThat(answer).contains("RESERVED_TYPE");
        assertThat(stored()).containsExactly(FREE);
    }

    @Test
    void shouldBeRefusedInTracesAsJson() {
        String spans =
                TYPES.stream()
                        .map(ReservedWordsTest::spanAsJson)
                        .collect(Collectors.joining(",", "", "," + spanAsJson(FREE)));

        String answer =
                post(
                        "/v1/traces",
                        JSON,
                        "{\"resourceSpans\": [{%s, \"scopeSpans\": [{\"spans\": [%s]}]}]}"
                                .formatted(resource(), spans));

        assertRefusedByOtlp(answer);
    }

    private static String spanAsJson(String type) {
        return ("{\"traceId\": \"4bf92f3577b34da6a3ce929d0e0e4736\", \"spanId\": \"%016x\","
                        + " \"name\": \"%s\", \"startTimeUnixNano\": \"1768469400000000000\","
                        + " \"endTimeUnixNano\": \"1768469400500000000\"}")
                .formatted(1 + type.hashCode() & 0xffff, type);
    }

    @Test
    void shouldBeRefusedInTracesOverGrpc() {
        assertRefusedByOtlp(
                TraceServiceGrpc.newBlockingStub(channel.channel()).export(traces()).toString());
    }
}
