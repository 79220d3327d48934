package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tradingecosystem.audit.testing.CorrelatorProcess;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordEventsResponse;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The whole service in a process of its own: how it ends, and how it comes back. */
@Timeout(180)
class LifeAndDeathTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = Integer.getInteger("test.restarts", 3);

    @TempDir private Path directory;
    private int httpPort;
    private int grpcPort;
    private Http http;
    private CorrelatorProcess process;

    @BeforeEach
    void start() throws IOException {
        httpPort = freePort();
        grpcPort = freePort();
        http = Http.of(httpPort);
        process = begin();
    }

    @AfterEach
    void end() {
        process.kill();
    }

    @Test
    void shouldFinishWhatIsInFlightWhenItIsTerminated() throws Exception {
        ManagedChannel channel = channel();
        try (RawHttp upload = new RawHttp(httpPort);
                RawHttp export = new RawHttp(httpPort);
                RawHttp late = new RawHttp(httpPort)) {
            // given a stream, a unary call, an upload and an export that have begun
            Acks acks = new Acks();
            StreamObserver<StreamEventsRequest> call =
                    EventServiceGrpc.newStub(channel).streamEvents(acks);
            call.onNext(StreamEventsRequest.newBuilder().addEvents(event("call-1")).build());
            await().atMost(PATIENCE).until(() -> acks.answers.size() == 1);
            CompletableFuture<RecordEventsResponse> recorded = new CompletableFuture<>();
            ClientCall<RecordEventsRequest, RecordEventsResponse> record =
                    record(channel, recorded);
            upload.send(
                            """
                            POST /api/v1/events HTTP/1.1\r
                            Host: here\r
                            Content-Type: application/x-ndjson\r
                            Transfer-Encoding: chunked\r
                            Connection: close\r
                            \r
                            """)
                    .send(chunk(line("upload-1")));
            byte[] logs = logs();
            byte[] half = Arrays.copyOf(logs, logs.length / 2);
            export.send(
                            """
                            POST /v1/logs HTTP/1.1\r
                            Host: here\r
                            Content-Type: application/x-protobuf\r
                            Content-Length: %d\r
                            Connection: close\r
                            \r
                            """
                                    .formatted(logs.length))
                    .send(half);
            late.send("GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n").readUntil("]}\n");
            await().atMost(PATIENCE).until(() -> inFlight() >= 4);

            // when
            process.terminate();

            // then new ones are refused
            await().atMost(PATIENCE).until(() -> process.log().contains("server.draining"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    catchThrowableOfType(
                                                                    StatusRuntimeException.class,
                                                                    () -> get(channel, "call-1"))
                                                            .getStatus()
                                                            .getCode())
                                            .isEqualTo(Status.Code.UNAVAILABLE));
            late.send("GET /api/v1/status HTTP/1.1\r\nHost: here\r\n\r\n");
            assertThat(late.readToEnd()).startsWith("HTTP/1.1 503 ");
            // and a stream, which has no end of its own, is told to go elsewhere
            assertThatThrownBy(() -> acks.done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("UNAVAILABLE");
            // and requests in flight finish
            record.halfClose();
            assertThat(recorded.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getResultsCount())
                    .isEqualTo(1);
            String uploaded = upload.send(chunk(line("upload-2")) + "0\r\n\r\n").readToEnd();
            assertThat(uploaded).startsWith("HTTP/1.1 20").contains("\"stored\":2");
            export.send(Arrays.copyOfRange(logs, half.length, logs.length));
            assertThat(export.readToEnd()).startsWith("HTTP/1.1 200 OK");
            assertThat(process.exitCode(PATIENCE)).isZero();
        } finally {
            channel.shutdownNow();
        }

        // and what was acknowledged is there afterwards
        process = begin();
        for (String id : new String[] {"call-1", "unary-1", "upload-1", "upload-2"}) {
            assertThat(http.get("/api/v1/events/" + id).statusCode()).as(id).isEqualTo(200);
        }
        assertThat(http.get("/api/v1/events?service=life-and-death").body()).contains("exported");
    }

    @Test
    void shouldComeBackOnTheSameDirectoryAgainAndAgain() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(http.post("/api/v1/events", line("round-" + round)).statusCode())
                    .isBetween(200, 201);
            process.terminate();
            assertThat(process.exitCode(PATIENCE)).isZero();
            process = begin();
        }
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(http.get("/api/v1/events/round-" + round).statusCode()).isEqualTo(200);
        }
    }

    private CorrelatorProcess begin() throws IOException {
        CorrelatorProcess begun =
                CorrelatorProcess.start(
                        "life-and-death",
                        Map.of(
                                "server.http.port", Integer.toString(httpPort),
                                "server.grpc.port", Integer.toString(grpcPort),
                                "registry.backend", "in-process",
                                "store.path", directory.resolve("data").toString()));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isReady);
        return begun;
    }

    private boolean isReady() {
        try {
            return http.get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private int inFlight() {
        var listeners = Http.json(http.get("/api/v1/status")).path("listeners");
        // without the request that asks
        return listeners.at("/http/in_flight").asInt()
                - 1
                + listeners.at("/grpc/in_flight").asInt();
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    }

    /** A unary call that is served once its sender says that it is complete. */
    private static ClientCall<RecordEventsRequest, RecordEventsResponse> record(
            ManagedChannel channel, CompletableFuture<RecordEventsResponse> answer) {
        ClientCall<RecordEventsRequest, RecordEventsResponse> call =
                channel.newCall(EventServiceGrpc.getRecordEventsMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(RecordEventsResponse message) {
                        answer.complete(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        // Without effect when there was an answer.
                        answer.completeExceptionally(status.asRuntimeException());
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(RecordEventsRequest.newBuilder().addEvents(event("unary-1")).build());
        return call;
    }

    private static void get(ManagedChannel channel, String id) {
        EventServiceGrpc.newBlockingStub(channel)
                .getEvent(GetEventRequest.newBuilder().setId(id).build());
    }

    private static Event event(String id) {
        return Event.newBuilder()
                .setId(id)
                .setService("risk-monitor")
                .setType("risk.alert.raised")
                .setOccurredAt(1_769_860_800_000_000_000L)
                .build();
    }

    private static String line(String id) {
        return """
        {"id":"%s","service":"risk-monitor","type":"risk.alert.raised","occurred_at":"2026-01-31T12:00:00Z"}
        """
                .formatted(id);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static byte[] logs() {
        LogRecord log =
                LogRecord.newBuilder()
                        .setTimeUnixNano(1_769_860_800_000_000_000L)
                        .setEventName("exported")
                        .setBody(AnyValue.newBuilder().setStringValue("x".repeat(1_000)))
                        .build();
        var service =
                io.opentelemetry.proto.common.v1.KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue("life-and-death"));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder()
                                .setResource(
                                        io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                                                .addAttributes(service))
                                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                .build()
                .toByteArray();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Acks implements StreamObserver<StreamEventsResponse> {
        private final Queue<StreamEventsResponse> answers = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public void onNext(StreamEventsResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            done.complete(null);
        }
    }
}
