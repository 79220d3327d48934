package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.OtlpServer.JSON;
import static io.tradingecosystem.audit.ingest.otlp.OtlpServer.PROTOBUF;
import static io.tradingecosystem.audit.ingest.otlp.Translated.attribute;
import static io.tradingecosystem.audit.ingest.otlp.Translated.id;
import static io.tradingecosystem.audit.ingest.otlp.Translated.log;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;
import static io.tradingecosystem.audit.ingest.otlp.Translated.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What the OTLP specification says of answers, at both doors. */
class OtlpDoorsTest {
    private OtlpServer server;
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        server = OtlpServer.open(Map.of("server.grpc.max-message-size", "2MiB"));
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    private static ExportTraceServiceRequest traces(Span.Builder... spans) {
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource(spans)).build();
    }

    private static Span.Builder spanWithTooLongAnAttribute() {
        return span().setSpanId(id("00f067aa0ba902b7"))
                .addAttributes(attribute("a", "x".repeat(70_000)));
    }

    @Test
    void shouldAnswerAFullSuccessWithAnEmptyMessage() throws IOException {
        HttpResponse<byte[]> answer = server.post("/v1/traces", PROTOBUF, traces(span()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(ExportTraceServiceResponse.parseFrom(answer.body()))
                .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    }

    @Test
    void shouldTellWhichSpansWereRefusedAndWhyAndTakeTheOthers() throws IOException {
        ExportTraceServiceRequest request =
                traces(span(), spanWithTooLongAnAttribute(), span().clearSpanId());

        HttpResponse<byte[]> answer = server.post("/v1/traces", PROTOBUF, request);

        assertThat(answer.statusCode()).isEqualTo(200);
        var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(2);
        assertThat(partial.getErrorMessage())
                .isEqualTo(
                        "2 spans refused; ATTRIBUTE_SIZE 1 (attribute \"a\" is 70000, allowed is"
                                + " 65536); BAD_TRACE_CONTEXT 1 (span_id of a span is to be 8 bytes"
                                + " that are not all zero; here are 0)");
        assertThat(server.events()).hasSize(1);
    }

    @Test
    void shouldTellOverGrpcAsWell() {
        var partial =
                TraceServiceGrpc.newBlockingStub(channel)
                        .export(traces(span(), spanWithTooLongAnAttribute()))
                        .getPartialSuccess();

        assertThat(partial.getRejectedSpans()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("ATTRIBUTE_SIZE");
    }

    @Test
    void shouldWarnOfARefusedSpanEventWithoutRefusingTheSpan() {
        Span.Builder span =
                span().addEvents(
                                Span.Event.newBuilder()
                                        .setName("e")
                                        .setTimeUnixNano(Translated.NANOS)
                                        .addAttributes(attribute("a", "x".repeat(70_000))));

        var partial =
                TraceServiceGrpc.newBlockingStub(channel).export(traces(span)).getPartialSuccess();

        assertThat(partial.getRejectedSpans()).isZero();
        assertThat(partial.getErrorMessage()).startsWith("0 spans refused; ATTRIBUTE_SIZE 1");
        assertThat(server.events()).hasSize(1);
    }

    @Test
    void shouldTellOfASpanThatContradictsOneItHas() {
        TraceServiceGrpc.TraceServiceBlockingStub stub = TraceServiceGrpc.newBlockingStub(channel);
        stub.export(traces(span()));

        var partial = stub.export(traces(span().setName("another"))).getPartialSuccess();

        assertThat(partial.getRejectedSpans()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("CONFLICT 1", "at position 1");
        assertThat(server.events()).extracting(AuditEvent::type).containsExactly("POST /orders");
    }

    @Test
    void shouldCountRefusedLogRecords() throws IOException {
        ResourceLogs.Builder logs =
                resource(log(), log().setBody(Translated.text("x".repeat(40_000))));

        HttpResponse<byte[]> answer =
                server.post(
                        "/v1/logs",
                        PROTOBUF,
                        ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build());

        var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("1 log records refused; MESSAGE_SIZE 1");
    }

    @Test
    void shouldTellTheSenderOfAnotherFormatThatNothingWasKept() throws IOException {
        HttpResponse<byte[]> jaeger =
                server.post(
                        "/v1/traces",
                        "application/json",
                        "{\"data\":[{\"traceID\":\"1\"}]}".getBytes(UTF_8));
        HttpResponse<byte[]> other =
                server.post("/v1/logs", PROTOBUF, new byte[] {(byte) 0xf2, 7, 1, 'x'});

        assertThat(jaeger.statusCode()).isEqualTo(200);
        assertThat(new String(jaeger.body(), UTF_8)).contains("nothing was kept");
        assertThat(
                        ExportLogsServiceResponse.parseFrom(other.body())
                                .getPartialSuccess()
                                .getErrorMessage())
                .contains("nothing was kept");
    }

    @Test
    void shouldAnswerAnotherMediaTypeInItsOwnForm() {
        HttpResponse<byte[]> answer =
                server.post("/v1/traces", "application/x-thrift", new byte[] {1});

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new String(answer.body(), UTF_8)).contains("\"code\":3", "application/x-thrift");
    }

    @Test
    void shouldAnswerWhatNoRouteSeesInTheEncodingOfTheRequestToo() throws IOException {
        HttpResponse<byte[]> elsewhere = server.post("/v1/traces/x", PROTOBUF, traces(span()));
        HttpResponse<byte[]> method = server.send("PUT", "/v1/traces", PROTOBUF, new byte[0]);
        HttpResponse<byte[]> json = server.send("PUT", "/v1/logs", JSON, new byte[0]);

        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(Status.parseFrom(elsewhere.body()).getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
        assertThat(method.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(Status.parseFrom(method.body()).getMessage()).isEqualTo("This path has POST.");
        assertThat(new String(json.body(), UTF_8)).contains("\"message\":\"This path has POST.\"");
    }

    @Test
    void shouldSayBusySoThatClientsTryAgain() throws IOException {
        server.log.busy(2);

        HttpResponse<byte[]> http = server.post("/v1/traces", PROTOBUF, traces(span()));
        StatusRuntimeException grpc =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> TraceServiceGrpc.newBlockingStub(channel).export(traces(span())));

        assertThat(http.statusCode()).isEqualTo(503);
        assertThat(http.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(Status.parseFrom(http.body()).getMessage()).contains("the queue is full");
        Status status = StatusProto.fromThrowable(grpc);
        assertThat(grpc.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDetailsList()).anyMatch(detail -> detail.is(RetryInfo.class));
        assertThat(retryDelay(status)).isPositive();
    }

    private static long retryDelay(Status status) throws IOException {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                return detail.unpack(RetryInfo.class).getRetryDelay().getNanos();
            }
        }
        return 0;
    }

    @Test
    void shouldSayUnavailableWhenTheDiskIsFull() {
        server.log.unavailable(2);

        HttpResponse<byte[]> http = server.post("/v1/logs", JSON, logJson().getBytes(UTF_8));
        StatusRuntimeException grpc =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                LogsServiceGrpc.newBlockingStub(channel)
                                        .export(
                                                ExportLogsServiceRequest.newBuilder()
                                                        .addResourceLogs(resource(log()))
                                                        .build()));

        assertThat(http.statusCode()).isEqualTo(503);
        assertThat(new String(http.body(), UTF_8))
                .isEqualTo("{\"code\":14,\"message\":\"the disk is full\"}");
        assertThat(grpc.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    }

    @Test
    void shouldRefuseWhatCannotBeReadInTheEncodingOfTheRequest() throws IOException {
        HttpResponse<byte[]> protobuf =
                server.post("/v1/traces", PROTOBUF, "not protobuf".getBytes(UTF_8));
        HttpResponse<byte[]> json = server.post("/v1/traces", JSON, "{\"a\":".getBytes(UTF_8));
        HttpResponse<byte[]> other =
                server.post(
                        "/v1/traces",
                        "application/json; charset=utf-8",
                        "{\"resourceSpans\":3}".getBytes(UTF_8));
        HttpResponse<byte[]> unknown = server.post("/v1/traces", "text/plain", traces(span()));

        assertThat(protobuf.statusCode()).isEqualTo(400);
        assertThat(protobuf.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(Status.parseFrom(protobuf.body()).getMessage())
                .startsWith("The body is not the protobuf expected here");
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(new String(json.body(), UTF_8)).contains("\"code\":3", "not the JSON expected");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(new String(other.body(), UTF_8))
                .contains("an array for resourceSpans is expected here", "line 1", "column 18");
        assertThat(unknown.statusCode()).isEqualTo(415);
        assertThat(server.events()).isEmpty();
    }

    @Test
    void shouldBoundABodyByWhatComesOutOfIt() throws IOException {
        byte[] large = " ".repeat(3 << 20).getBytes(UTF_8);
        byte[] bomb = gzip(large);

        HttpResponse<byte[]> inflated =
                server.post("/v1/traces", JSON, bomb, "Content-Encoding", "gzip");
        HttpResponse<byte[]> plain = server.post("/v1/traces", PROTOBUF, large);

        assertThat(inflated.statusCode()).isEqualTo(413);
        assertThat(Status.parseFrom(plain.body()).getMessage())
                .isEqualTo("The body is over the limit of 2097152 bytes.; limit 2097152");
        assertThat(plain.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseAnExportThatWouldGrowBeyondMeasureWhenParsed() throws IOException {
        try (OtlpServer roomy = OtlpServer.open(Map.of())) {
            byte[] export = manyEmptySpans(Density.MAX);

            HttpResponse<byte[]> http =
                    roomy.post("/v1/traces", PROTOBUF, gzip(export), "Content-Encoding", "gzip");
            String json = "{\"resourceSpans\":[" + "{},".repeat(Density.MAX) + "{}]}";
            HttpResponse<byte[]> text =
                    roomy.post(
                            "/v1/traces",
                            JSON,
                            gzip(json.getBytes(UTF_8)),
                            "Content-Encoding",
                            "gzip");

            assertThat(http.statusCode()).isEqualTo(413);
            assertThat(Status.parseFrom(http.body()).getMessage())
                    .isEqualTo(
                            "The export has more than 2000000 messages in it; send it in parts.");
            assertThat(text.statusCode()).isEqualTo(413);
            assertThat(roomy.exportOverGrpc(export))
                    .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    /** Spans of two bytes each. */
    private static byte[] manyEmptySpans(int count) throws IOException {
        ByteArrayOutputStream spans = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            spans.write(0x12);
            spans.write(0);
        }
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(export);
        int scope = CodedOutputStream.computeByteArraySize(2, spans.toByteArray());
        out.writeTag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(scope);
        out.writeByteArray(2, spans.toByteArray());
        out.flush();
        return export.toByteArray();
    }

    @Test
    void shouldTakeAnExportLargerThanOneBatchInPieces() throws IOException {
        ResourceSpans.Builder spans = resource(span());
        for (int i = 1; i < 5_000; i++) {
            spans.getScopeSpansBuilder(0).addSpans(span().setSpanId(id("%016x".formatted(i))));
        }
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build();

        HttpResponse<byte[]> answer =
                server.post(
                        "/v1/traces",
                        PROTOBUF,
                        gzip(request.toByteArray()),
                        "Content-Encoding",
                        "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(server.events()).hasSize(5_000);
    }

    @Test
    void shouldTakeTheExamplesOfTheSpecification() {
        assertThat(server.post("/v1/logs", JSON, logJson().getBytes(UTF_8)).body())
                .asString()
                .isEqualTo("{}");
        assertThat(server.post("/v1/traces", JSON, traceJson().getBytes(UTF_8)).body())
                .asString()
                .isEqualTo("{}");

        AuditEvent log = server.events().getFirst();
        assertThat(log.traceId()).isEqualTo(Translated.TRACE);
        assertThat(log.message()).isEqualTo("Example log record");
        assertThat(log.attributes().get("map.attribute").asText())
                .isEqualTo("{some.map.key=some value}");
        assertThat(log.attributes().get("int.attribute").asText()).isEqualTo("10");
        AuditEvent span = server.events().getLast();
        assertThat(span.id()).isEqualTo(Translated.TRACE + "-" + Translated.SPAN);
        assertThat(span.type()).isEqualTo("I'm a server span");
        assertThat(span.service()).isEqualTo("my.service");
        assertThat(span.duration().toSeconds()).isEqualTo(1);
        assertThat(span.attributes().get("span.kind").asText()).isEqualTo("server");
        assertThat(server.http.get("/metrics").body())
                .contains(
                        "audit_otlp_unused_total{door=\"otlp_http\",kind=\"unknown_fields\",} 1.0");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** examples/trace.json of opentelemetry-proto, and a field that is not known. */
    private static String traceJson() {
        return """
        {"resourceSpans":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"my.service"}}]},
         "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[
          {"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},
          "spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
           "parentSpanId":"EEE19B7EC3C1B173","name":"I'm a server span",
           "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000",
           "kind":2,"ofTomorrow":{"a":[1,{}]},
           "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}
        """;
    }

    /** examples/logs.json of opentelemetry-proto. */
    private static String logJson() {
        return """
        {"resourceLogs":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"my.service"}}]},
         "scopeLogs":[{"scope":{"name":"my.library","version":"1.0.0"},
          "logRecords":[{"timeUnixNano":"1544712660300000000",
           "observedTimeUnixNano":"1544712660300000000","severityNumber":10,
           "severityText":"Information","traceId":"5B8EFFF798038103D269B633813FC60C",
           "spanId":"EEE19B7EC3C1B174","body":{"stringValue":"Example log record"},
           "attributes":[
            {"key":"string.attribute","value":{"stringValue":"some string"}},
            {"key":"boolean.attribute","value":{"boolValue":true}},
            {"key":"int.attribute","value":{"intValue":"10"}},
            {"key":"double.attribute","value":{"doubleValue":637.704}},
            {"key":"array.attribute","value":{"arrayValue":{"values":[
              {"stringValue":"many"},{"stringValue":"values"}]}}},
            {"key":"map.attribute","value":{"kvlistValue":{"values":[
              {"key":"some.map.key","value":{"stringValue":"some value"}}]}}}]}]}]}]}
        """;
    }
}
