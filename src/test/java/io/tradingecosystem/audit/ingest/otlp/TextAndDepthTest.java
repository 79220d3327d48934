package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.OtlpServer.JSON;
import static io.tradingecosystem.audit.ingest.otlp.OtlpServer.PROTOBUF;
import static io.tradingecosystem.audit.ingest.otlp.Translated.attribute;
import static io.tradingecosystem.audit.ingest.otlp.Translated.id;
import static io.tradingecosystem.audit.ingest.otlp.Translated.log;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;
import static io.tradingecosystem.audit.ingest.otlp.Translated.span;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;

import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One record with a text that is none, or a value that is too deep, costs no other. */
class TextAndDepthTest {
    private static final String OTHER = "00f067aa0ba902b7";
    private static final String MARK = "audit.invalid_text";

    private final OtlpServer server = OtlpServer.open(Map.of());

    @AfterEach
    void close() {
        server.close();
    }

    private static ExportTraceServiceRequest traces(Span.Builder... spans) {
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource(spans)).build();
    }

    /** The bytes of a message, in which an overlong slash stands for each {@code @@}. */
    private static byte[] broken(Message message) {
        return broken(message, "@@");
    }

    static byte[] broken(Message message, String text) {
        String bytes = message.toByteString().toString(ISO_8859_1);
        String broken = "\u00c0\u00af" + text.substring(2);
        return bytes.replace(text, broken).getBytes(ISO_8859_1);
    }

    private static Span.Builder other(Span.Builder span) {
        return span.setSpanId(id(OTHER));
    }

    private String post(String path, String type, byte[] body) {
        var answer = server.post(path, type, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), ISO_8859_1);
    }

    private AuditEvent event(String spanId) {
        return server.store.byId(Translated.TRACE + "-" + spanId).orElseThrow();
    }

    @Test
    void shouldKeepASpanWithAnInvalidTextAndSayWhere() {
        byte[] request =
                broken(
                        traces(
                                span(),
                                other(span())
                                        .setName("a@@b")
                                        .addAttributes(attribute("k@@", "v"))
                                        .addAttributes(attribute("plain", "@@"))));

        String answer = post("/v1/traces", PROTOBUF, request);

        assertThat(answer).contains("0 spans refused; NOTE 1", MARK);
        assertThat(event(OTHER).type()).isEqualTo("a\ufffd\ufffdb");
        assertThat(event(OTHER).attribute("plain")).isEqualTo("\ufffd\ufffd");
        assertThat(event(OTHER).attribute(MARK)).isEqualTo("[type, k\ufffd\ufffd, plain]");
        assertThat(event(Translated.SPAN).attributes()).doesNotContainKey(MARK);
        assertThat(server.exportOverGrpc(request)).isEqualTo(Status.Code.OK);
        assertThat(server.events()).hasSize(2);
    }

    @Test
    void shouldRefuseAnInvalidTextInAnIdAlone() {
        Span.Builder bad = other(span()).addAttributes(attribute("correlation_id", "@@"));

        String answer = post("/v1/traces", PROTOBUF, broken(traces(span(), bad)));

        assertThat(answer).contains("1 spans refused; BAD_FIELD 1 (correlation_id has");
        assertThat(server.events()).hasSize(1);
    }

    @Test
    void shouldReadJsonByTheSameRule() {
        String text =
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                 {"traceId":"%1$s","spanId":"%2$s","name":"a\u00c0\u00afb","startTimeUnixNano":"%3$d",
                  "attributes":[{"key":"half","value":{"stringValue":"\\ud800"}},
                                {"key":"whole","value":{"stringValue":"\\ud83d\\ude00"}}]},
                 {"traceId":"%1$s","spanId":"\u00c0","name":"no id","startTimeUnixNano":"%3$d"}]}]}]}
                """
                        .formatted(Translated.TRACE, OTHER, Translated.NANOS);

        String answer = post("/v1/traces", JSON, text.getBytes(ISO_8859_1));

        assertThat(answer).contains("1 spans refused", "BAD_TRACE_CONTEXT 1", MARK);
        assertThat(event(OTHER).type()).isEqualTo("a\ufffd\ufffdb");
        assertThat(event(OTHER).attribute("half")).isEqualTo("\ufffd");
        assertThat(event(OTHER).attribute("whole")).isEqualTo("\ud83d\ude00");
        assertThat(event(OTHER).attribute(MARK)).isEqualTo("[type, half]");
    }

    private static AnyValue deep(int depth) {
        AnyValue value = Translated.text("core");
        for (int i = 0; i < depth; i++) {
            KeyValueList map = KeyValueList.newBuilder().addValues(attribute("m", value)).build();
            value = AnyValue.newBuilder().setKvlistValue(map).build();
        }
        return value;
    }

    @Test
    void shouldTakeValuesOfTheSameDepthInBothEncodings() throws IOException {
        for (String type : List.of(PROTOBUF, JSON)) {
            String trace =
                    type.equals(JSON) ? "4bf92f3577b34da6a3ce929d0e0e4736" : Translated.TRACE;
            ExportTraceServiceRequest request =
                    traces(
                            deepest(trace, "0000000000000001", 16),
                            deepest(trace, "0000000000000002", 17),
                            deepest(trace, "0000000000000003", 150));

            String answer = post("/v1/traces", type, encoded(type, request));

            assertThat(answer).contains("2 spans refused; ATTRIBUTE_DEPTH 2");
            assertThat(server.store.byId(trace + "-0000000000000001").orElseThrow().attribute("d"))
                    .contains("core");
        }
        assertThat(server.events()).hasSize(2);
    }

    private static Span.Builder deepest(String trace, String span, int depth) {
        return span().setTraceId(id(trace))
                .setSpanId(id(span))
                .addAttributes(attribute("d", deep(depth)));
    }

    private static byte[] encoded(String type, ExportTraceServiceRequest request)
            throws IOException {
        return type.equals(JSON)
                ? OtlpMessages.json(request).getBytes(UTF_8)
                : request.toByteArray();
    }

    @Test
    void shouldKnowALogRecordWithoutATimeWhenItComesAgain() throws IOException {
        ExportLogsServiceRequest request =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(resource(log().clearTimeUnixNano()))
                        .build();

        for (int i = 0; i < 2; i++) {
            byte[] answer = server.post("/v1/logs", PROTOBUF, request).body();
            assertThat(ExportLogsServiceResponse.parseFrom(answer).hasPartialSuccess()).isFalse();
        }

        assertThat(server.events()).hasSize(1);
    }
}
