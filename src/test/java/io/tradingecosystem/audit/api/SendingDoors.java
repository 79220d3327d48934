package io.tradingecosystem.audit.api;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsRequest;
import io.tradingecosystem.audit.v1.StreamEventsResponse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** A sender with a token, at every door by which events come in. */
final class SendingDoors implements AutoCloseable {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final String PROTOBUF = "application/x-protobuf";

    private final Http http;
    private final GrpcChannel channel;
    private final Optional<String> token;

    SendingDoors(int httpPort, int grpcPort, Optional<String> token) {
        this.http = Http.of(httpPort);
        this.channel = GrpcChannel.to(grpcPort);
        this.token = token;
    }

    /** The ways in. */
    enum Way {
        JSON,
        JSON_GZIP,
        LINES,
        LEGACY,
        CLOUDEVENTS,
        ALERTMANAGER,
        GRPC,
        GRPC_GZIP,
        GRPC_STREAM,
        OTLP_HTTP_TRACES,
        OTLP_HTTP_LOGS,
        OTLP_HTTP_METRICS,
        OTLP_GRPC_TRACES,
        OTLP_GRPC_LOGS,
        OTLP_GRPC_METRICS;

        /** Whether its senders come again after 5xx only. */
        boolean isRepeatedAfter503() {
            return name().startsWith("OTLP_HTTP") || this == ALERTMANAGER;
        }

        boolean isMetrics() {
            return name().endsWith("METRICS");
        }
    }

    /**
     * What became of a request.
     *
     * @param code the HTTP status or the gRPC code
     * @param text the answer
     */
    record Outcome(String code, String text, Optional<Duration> retryAfter) {
        boolean isTaken() {
            return code.startsWith("20") || code.equals("OK");
        }
    }

    /** Sends so many new events of a service; one by the older path. */
    Outcome send(Way way, String service, int count) {
        return switch (way) {
            case JSON ->
                    post(
                            "/api/v1/events",
                            "application/json",
                            "[" + json(service, count, ",") + "]");
            case JSON_GZIP ->
                    post(
                            "/api/v1/events",
                            "application/json",
                            "gzip",
                            gzip("[" + json(service, count, ",") + "]"));
            case LINES ->
                    post("/api/v1/events", "application/x-ndjson", json(service, count, "\n"));
            case LEGACY ->
                    post(
                            "/api/v1/audit/events",
                            "application/json",
                            "{\"event_type\":\"x\",\"source\":\"%s\",\"message\":\"m\"}"
                                    .formatted(service));
            case CLOUDEVENTS ->
                    post(
                            "/api/v1/cloudevents",
                            "application/cloudevents-batch+json",
                            "[" + many(count, () -> cloudEvent(service)) + "]");
            case ALERTMANAGER ->
                    post(
                            "/api/v1/alertmanager",
                            "application/json",
                            "{\"version\": \"4\", \"alerts\": [%s]}"
                                    .formatted(many(count, () -> alert(service))));
            case GRPC ->
                    call(
                            () ->
                                    with(EventServiceGrpc.newBlockingStub(channel.channel()))
                                            .recordEvents(batch(service, count)));
            case GRPC_GZIP ->
                    call(
                            () ->
                                    with(EventServiceGrpc.newBlockingStub(channel.channel()))
                                            .withCompression("gzip")
                                            .recordEvents(batch(service, count)));
            case GRPC_STREAM -> call(() -> streamed(batch(service, count)));
            case OTLP_HTTP_TRACES -> post("/v1/traces", traces(service, count).toByteArray());
            case OTLP_HTTP_LOGS -> post("/v1/logs", logs(service, count).toByteArray());
            case OTLP_HTTP_METRICS -> post("/v1/metrics", new byte[0]);
            case OTLP_GRPC_TRACES ->
                    call(
                            () ->
                                    with(TraceServiceGrpc.newBlockingStub(channel.channel()))
                                            .export(traces(service, count)));
            case OTLP_GRPC_LOGS ->
                    call(
                            () ->
                                    with(LogsServiceGrpc.newBlockingStub(channel.channel()))
                                            .export(logs(service, count)));
            case OTLP_GRPC_METRICS ->
                    call(
                            () ->
                                    with(MetricsServiceGrpc.newBlockingStub(channel.channel()))
                                            .export(
                                                    ExportMetricsServiceRequest
                                                            .getDefaultInstance()));
        };
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String json(String service, int count, String between) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                "{\"id\": \"e-%d\", \"service\": \"%s\", \"type\": \"t\"}"
                                        .formatted(IDS.incrementAndGet(), service))
                .collect(Collectors.joining(between));
    }

    private static String many(int count, Supplier<String> one) {
        return IntStream.range(0, count).mapToObj(i -> one.get()).collect(Collectors.joining(","));
    }

    private static String cloudEvent(String service) {
        return "{\"specversion\": \"1.0\", \"id\": \"e-%d\", \"source\": \"%s\", \"type\": \"t\"}"
                .formatted(IDS.incrementAndGet(), service);
    }

    private static String alert(String service) {
        return """
        {"status": "firing", "fingerprint": "%d", "labels": {"service": "%s"},
         "startsAt": "2026-01-31T12:00:00Z"}\
        """
                .formatted(IDS.incrementAndGet(), service);
    }

    private static RecordEventsRequest batch(String service, int count) {
        RecordEventsRequest.Builder batch = RecordEventsRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            batch.addEvents(
                    Event.newBuilder()
                            .setId("e-" + IDS.incrementAndGet())
                            .setService(service)
                            .setType("t"));
        }
        return batch.build();
    }

    private static ExportTraceServiceRequest traces(String service, int count) {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        var spans =
                export.addResourceSpansBuilder()
                        .setResource(resource(service))
                        .addScopeSpansBuilder();
        for (int i = 0; i < count; i++) {
            spans.addSpans(
                    Span.newBuilder()
                            .setTraceId(id(16))
                            .setSpanId(id(8))
                            .setName("n")
                            .setStartTimeUnixNano(1_767_268_800_000_000_000L)
                            .setEndTimeUnixNano(1_767_268_800_000_000_001L));
        }
        return export.build();
    }

    private static ExportLogsServiceRequest logs(String service, int count) {
        ExportLogsServiceRequest.Builder export = ExportLogsServiceRequest.newBuilder();
        var records =
                export.addResourceLogsBuilder()
                        .setResource(resource(service))
                        .addScopeLogsBuilder();
        for (int i = 0; i < count; i++) {
            records.addLogRecords(
                    LogRecord.newBuilder()
                            .setTimeUnixNano(1_767_268_800_000_000_000L)
                            .setBody(
                                    AnyValue.newBuilder()
                                            .setStringValue("m" + IDS.incrementAndGet())));
        }
        return export.build();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(
                        KeyValue.newBuilder()
                                .setKey("service.name")
                                .setValue(AnyValue.newBuilder().setStringValue(service)))
                .build();
    }

    private static ByteString id(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        return ByteString.copyFrom(bytes.putInt(IDS.incrementAndGet()).rewind());
    }

    private Outcome post(String path, byte[] export) {
        return post(path, PROTOBUF, "identity", export);
    }

    private Outcome post(String path, String mediaType, String body) {
        return post(path, mediaType, "identity", body.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome post(String path, String mediaType, String coding, byte[] body) {
        var request =
                http.request(path)
                        .header("Content-Type", mediaType)
                        .header("Content-Encoding", coding)
                        .POST(BodyPublishers.ofByteArray(body));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<String> answer = http.send(request);
        return new Outcome(
                "" + answer.statusCode(),
                answer.body(),
                answer.headers()
                        .firstValue("Retry-After")
                        .map(after -> Duration.ofSeconds(Long.parseLong(after))));
    }

    private <S extends AbstractStub<S>> S with(S stub) {
        Metadata headers = new Metadata();
        token.ifPresent(
                text ->
                        headers.put(
                                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                                "Bearer " + text));
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Outcome call(Supplier<Object> call) {
        try {
            return new Outcome("OK", call.get().toString(), Optional.empty());
        } catch (StatusRuntimeException e) {
            var status = StatusProto.fromThrowable(e);
            return new Outcome(
                    e.getStatus().getCode().name(),
                    e.getStatus().getDescription()
                            + detail(status, ErrorInfo.class).map(ErrorInfo::getReason).orElse(""),
                    detail(status, RetryInfo.class)
                            .map(RetryInfo::getRetryDelay)
                            .map(
                                    delay ->
                                            Duration.ofSeconds(
                                                    delay.getSeconds(), delay.getNanos())));
        }
    }

    private static <M extends com.google.protobuf.Message> Optional<M> detail(
            com.google.rpc.Status status, Class<M> type) {
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(type))
                .map(detail -> unpacked(detail, type))
                .findFirst();
    }

    private static <M extends com.google.protobuf.Message> M unpacked(Any detail, Class<M> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private String streamed(RecordEventsRequest batch) {
        CompletableFuture<String> end = new CompletableFuture<>();
        StringBuilder results = new StringBuilder();
        StreamObserver<StreamEventsRequest> requests =
                with(EventServiceGrpc.newStub(channel.channel()))
                        .streamEvents(
                                new StreamObserver<StreamEventsResponse>() {
                                    @Override
                                    public void onNext(StreamEventsResponse response) {
                                        results.append(response);
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        end.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        end.complete(results.toString());
                                    }
                                });
        requests.onNext(
                StreamEventsRequest.newBuilder().addAllEvents(batch.getEventsList()).build());
        requests.onCompleted();
        try {
            return end.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw (StatusRuntimeException) e.getCause();
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
