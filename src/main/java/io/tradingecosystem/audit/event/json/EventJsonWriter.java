package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes events as JSON objects with the words of {@link AuditEvent} in snake_case. What is empty
 * is left out. Times are RFC 3339, a duration is a number of nanoseconds, severity is in lower
 * case. {@link EventJsonReader} reads back exactly what was written.
 *
 * <p>JSON has no bytes and no NaN, so a value of that kind is an object with one name: {@code
 * {"$bytes": "<base64>"}}, {@code {"$real": "NaN"}} (or {@code Infinity}, {@code -Infinity}). A map
 * that happens to have one name starting with {@code $} gets another {@code $} in front of it.
 */
public final class EventJsonWriter {
    static final String BYTES = "$bytes";
    static final String REAL = "$real";

    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJsonWriter() {}

    /** An event as one line of UTF-8, without the line's end. */
    public static byte[] bytes(AuditEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(event, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes an event as an object. */
    public static void write(AuditEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "id", event.id());
        text(json, "service", event.service());
        text(json, "instance", event.instance());
        text(json, "type", event.type());
        json.writeStringField("severity", event.severity().name().toLowerCase(Locale.ROOT));
        time(json, "occurred_at", event.occurredAt());
        time(json, "recorded_at", event.recordedAt());
        if (!event.duration().isZero()) {
            json.writeNumberField("duration", event.duration().toNanos());
        }
        text(json, "trace_id", event.traceId());
        text(json, "span_id", event.spanId());
        text(json, "parent_span_id", event.parentSpanId());
        text(json, "correlation_id", event.correlationId());
        text(json, "scenario_id", event.scenarioId());
        text(json, "cause_id", event.causeId());
        text(json, "message", event.message());
        if (!event.attributes().isEmpty()) {
            json.writeFieldName("attributes");
            attributes(event.attributes(), json);
        }
        if (!event.links().isEmpty()) {
            json.writeArrayFieldStart("links");
            for (SpanLink link : event.links()) {
                json.writeStartObject();
                json.writeStringField("trace_id", link.traceId());
                json.writeStringField("span_id", link.spanId());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (event.position() != 0) {
            json.writeNumberField("position", event.position());
        }
        json.writeEndObject();
    }

    /** Writes attributes as an object. */
    public static void attributes(Map<String, AttributeValue> values, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
            json.writeFieldName(entry.getKey());
            value(entry.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void value(AttributeValue value, JsonGenerator json) throws IOException {
        switch (value) {
            case AttributeValue.Text text -> json.writeString(text.value());
            case AttributeValue.Whole whole -> json.writeNumber(whole.value());
            case AttributeValue.Flag flag -> json.writeBoolean(flag.value());
            case AttributeValue.Real real -> {
                if (Double.isFinite(real.value())) {
                    json.writeNumber(real.value());
                } else {
                    json.writeStartObject();
                    json.writeStringField(REAL, Double.toString(real.value()));
                    json.writeEndObject();
                }
            }
            case AttributeValue.Bytes bytes -> {
                json.writeStartObject();
                json.writeBinaryField(BYTES, bytes.value());
                json.writeEndObject();
            }
            case AttributeValue.Sequence sequence -> {
                json.writeStartArray();
                for (AttributeValue element : sequence.values()) {
                    value(element, json);
                }
                json.writeEndArray();
            }
            case AttributeValue.Mapping mapping -> mapping(mapping.values(), json);
        }
    }

    private static void mapping(Map<String, AttributeValue> values, JsonGenerator json)
            throws IOException {
        if (values.size() == 1 && values.keySet().iterator().next().startsWith("$")) {
            Map.Entry<String, AttributeValue> only = values.entrySet().iterator().next();
            json.writeStartObject();
            json.writeFieldName("$" + only.getKey());
            value(only.getValue(), json);
            json.writeEndObject();
        } else {
            attributes(values, json);
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void time(JsonGenerator json, String name, Instant value) throws IOException {
        if (!value.equals(Instant.EPOCH)) {
            json.writeStringField(name, Times.format(value));
        }
    }
}
