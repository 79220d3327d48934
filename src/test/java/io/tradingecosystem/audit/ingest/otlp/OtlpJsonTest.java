package io.tradingecosystem.audit.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.Message;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;

class OtlpJsonTest {
    @Property(tries = 200)
    void shouldReadWhatProtobufWritesButForTheIds(@ForAll long seed) throws IOException {
        ExportTraceServiceRequest traces =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(new OtlpMessages(seed).spans())
                        .build();
        ExportLogsServiceRequest logs =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(new OtlpMessages(seed).logs())
                        .build();

        assertThat(read(OtlpMessages.json(traces), ExportTraceServiceRequest.newBuilder()))
                .isEqualTo(traces);
        assertThat(read(OtlpMessages.json(logs), ExportLogsServiceRequest.newBuilder()))
                .isEqualTo(logs);
    }

    @Test
    void shouldBeAsTolerantAsProtobufIs() throws IOException {
        Span span =
                (Span)
                        read(
                                """
                                {"name":"a","kind":"SPAN_KIND_CLIENT","start_time_unix_nano":1e3,
                                 "endTimeUnixNano":18446744073709551615,"flags":"257","links":null,
                                 "droppedLinksCount":4294967295,"trace_id":"0aFF"}
                                """,
                                Span.newBuilder());

        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_000);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(-1);
        assertThat(span.getFlags()).isEqualTo(257);
        assertThat(span.getDroppedLinksCount()).isEqualTo(-1);
        assertThat(span.getTraceId()).isEqualTo(Translated.id("0aff"));
    }

    @Test
    void shouldIgnoreAndCountWhatItDoesNotKnow() throws IOException {
        Span.Builder span = Span.newBuilder();

        long unknown =
                OtlpJson.merge(
                        stream("{\"x\":{\"name\":[1,{}]},\"name\":\"a\",\"Name\":null}"), span);

        assertThat(unknown).isEqualTo(2);
        assertThat(span.build()).isEqualTo(Span.newBuilder().setName("a").build());
    }

    @Test
    void shouldKeepEnumsOfTomorrow() throws IOException {
        LogRecord log = (LogRecord) read("{\"severityNumber\":99}", LogRecord.newBuilder());

        assertThat(log.getSeverityNumberValue()).isEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"name\":1}",
                "{\"name\":\"a\"} x",
                "{\"kind\":\"SIDEWAYS\"}",
                "{\"kind\":99999999999}",
                "{\"flags\":-1}",
                "{\"flags\":4294967296}",
                "{\"flags\":1.5}",
                "{\"flags\":true}",
                "{\"startTimeUnixNano\":1e999999999}",
                "{\"startTimeUnixNano\":\"18446744073709551616\"}",
                "{\"startTimeUnixNano\":{}}",
                "{\"links\":{}}",
                "{\"links\":[null]}",
                "{\"status\":7}",
                "{\"attributes\":[{\"value\":{\"doubleValue\":{}}}]}",
                "{\"attributes\":[{\"value\":{\"intValue\":1,\"stringValue\":\"a\"}}]}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"traceState\":\"a\",\"trace_state\":\"b\"}",
            })
    void shouldRefuseWhatIsNotTheMessage(String text) {
        assertThatThrownBy(() -> read(text, Span.newBuilder()))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"boolValue\":1",
                "\"bytesValue\":\"*\"",
                "\"doubleValue\":\"much\"",
                "\"doubleValue\":\"0x1p3\"",
                "\"doubleValue\":\"1.5f\"",
                "\"doubleValue\":1e999",
                "\"doubleValue\":1e-400",
                "\"intValue\":\"9223372036854775808\"",
                "\"intValue\":\"\u0663\"",
            })
    void shouldTellInItsPlaceWhatAValueCannotHold(String value) throws IOException {
        Span span =
                (Span) read("{\"attributes\":[{\"value\":{" + value + "}}]}", Span.newBuilder());

        KeyValue told = span.getAttributes(0).getValue().getKvlistValue().getValues(0);
        assertThat(told.getKey()).startsWith("otel.invalid_");
        assertThat(value).contains(told.getValue().getStringValue());
    }

    @Test
    void shouldCutAValueThatIsDeeperThanAnyIsTaken() throws IOException {
        String open = "{\"arrayValue\":{\"values\":[";
        String deep = open.repeat(1_000) + "{\"intValue\":1}" + "]}}".repeat(1_000);

        Span span =
                (Span)
                        read(
                                "{\"attributes\":[{\"key\":\"a\",\"value\":" + deep + "}]}",
                                Span.newBuilder());

        assertThat(AnyValues.of(span.getAttributes(0).getValue()).asText())
                .matches("\\[{33,99}]{33,99}");
    }

    @Test
    void shouldRefuseNestingWithoutEnd() {
        String deep = "{\"value\":{\"arrayValue\":{\"values\":[".repeat(1_000);

        assertThatThrownBy(() -> read("{\"attributes\":[" + deep, Span.newBuilder()))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read("{\"unknown\":" + "[".repeat(1_000_000), Span.newBuilder()))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static Message read(String text, Message.Builder message) throws IOException {
        OtlpJson.merge(stream(text), message);
        return message.build();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** Protobuf's JSON with ids in hex and enums as numbers. */
}
