package io.tradingecosystem.audit.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What the formats of Jaeger and Zipkin have in common, as OpenTelemetry's. */
final class SpanValues {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final long NANOS_OF_MICRO = 1_000;

    private SpanValues() {}

    static ByteString traceId(JsonNode id) {
        return id(id, TRACE_DIGITS);
    }

    static ByteString spanId(JsonNode id) {
        return id(id, SPAN_DIGITS);
    }

    /** Bytes of hex digits, of which the leading zeros may be left out; what is none is no id. */
    private static ByteString id(JsonNode id, int digits) {
        String text = id.asText("").toLowerCase(Locale.ROOT);
        if (text.isEmpty() || !text.matches("[0-9a-f]{1," + digits + "}")) {
            return ByteString.copyFromUtf8(text);
        }
        String padded = "0".repeat(digits - text.length()) + text;
        return ByteString.copyFrom(HexFormat.of().parseHex(padded));
    }

    /** Nanoseconds of microseconds; 0, which is none, of what is no whole number of them. */
    static long nanos(JsonNode micros) {
        return micros.canConvertToLong() && micros.asLong() <= Long.MAX_VALUE / NANOS_OF_MICRO
                ? Math.max(0, micros.asLong()) * NANOS_OF_MICRO
                : 0;
    }

    static KeyValue attribute(String name, String value) {
        return attribute(name, AnyValue.newBuilder().setStringValue(value).build());
    }

    static KeyValue attribute(String name, AnyValue value) {
        return KeyValue.newBuilder().setKey(name).setValue(value).build();
    }

    /** The kind by its word in either format. */
    static Optional<SpanKind> kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "client" -> Optional.of(SpanKind.SPAN_KIND_CLIENT);
            case "server" -> Optional.of(SpanKind.SPAN_KIND_SERVER);
            case "producer" -> Optional.of(SpanKind.SPAN_KIND_PRODUCER);
            case "consumer" -> Optional.of(SpanKind.SPAN_KIND_CONSUMER);
            case "internal" -> Optional.of(SpanKind.SPAN_KIND_INTERNAL);
            default -> Optional.empty();
        };
    }

    /**
     * Sets what a tag says of the span itself, as OpenTelemetry's exporters write it.
     *
     * @return whether the tag is no attribute of its own therefore
     */
    static boolean isOfSpan(String name, String value, Span.Builder span) {
        return switch (name) {
            case "span.kind" -> {
                Optional<SpanKind> kind = kind(value);
                kind.ifPresent(span::setKind);
                yield kind.isPresent();
            }
            case "otel.status_code" -> status(value, span);
            case "otel.status_description" -> {
                span.getStatusBuilder().setMessage(value);
                yield true;
            }
            case "error" -> error(value, span);
            case "w3c.tracestate" -> {
                span.setTraceState(value);
                yield true;
            }
            default -> false;
        };
    }

    private static boolean status(String code, Span.Builder span) {
        switch (code) {
            case "OK" -> span.getStatusBuilder().setCode(StatusCode.STATUS_CODE_OK);
            case "ERROR" -> span.getStatusBuilder().setCode(StatusCode.STATUS_CODE_ERROR);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Jaeger's is true or false; Zipkin's says what went wrong, and stays an attribute. */
    private static boolean error(String value, Span.Builder span) {
        if (value.equals("false")) {
            return true;
        }
        span.getStatusBuilder().setCode(StatusCode.STATUS_CODE_ERROR);
        boolean says = !value.equals("true") && !value.isEmpty();
        if (says && span.getStatus().getMessage().isEmpty()) {
            span.getStatusBuilder().setMessage(value);
        }
        return !says;
    }
}
