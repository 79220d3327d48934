package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

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

    /** Names as bytes: most of an answer with many events consists of them. */
    private static final SerializableString ID = new SerializedString("id");

    private static final SerializableString SERVICE = new SerializedString("service");
    private static final SerializableString INSTANCE = new SerializedString("instance");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString SEVERITY = new SerializedString("severity");
    private static final SerializableString OCCURRED_AT = new SerializedString("occurred_at");
    private static final SerializableString RECORDED_AT = new SerializedString("recorded_at");
    private static final SerializableString DURATION = new SerializedString("duration");
    private static final SerializableString TRACE_ID = new SerializedString("trace_id");
    private static final SerializableString SPAN_ID = new SerializedString("span_id");
    private static final SerializableString PARENT_SPAN_ID = new SerializedString("parent_span_id");
    private static final SerializableString CORRELATION_ID = new SerializedString("correlation_id");
    private static final SerializableString SCENARIO_ID = new SerializedString("scenario_id");
    private static final SerializableString CAUSE_ID = new SerializedString("cause_id");
    private static final SerializableString MESSAGE = new SerializedString("message");
    private static final SerializableString ATTRIBUTES = new SerializedString("attributes");
    private static final SerializableString POSITION = new SerializedString("position");

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
        text(json, ID, event.id());
        text(json, SERVICE, event.service());
        text(json, INSTANCE, event.instance());
        text(json, TYPE, event.type());
        text(json, SEVERITY, event.severity().word());
        time(json, OCCURRED_AT, event.occurredAt());
        time(json, RECORDED_AT, event.recordedAt());
        if (!event.duration().isZero()) {
            json.writeFieldName(DURATION);
            json.writeNumber(event.duration().toNanos());
        }
        text(json, TRACE_ID, event.traceId());
        text(json, SPAN_ID, event.spanId());
        text(json, PARENT_SPAN_ID, event.parentSpanId());
        text(json, CORRELATION_ID, event.correlationId());
        text(json, SCENARIO_ID, event.scenarioId());
        text(json, CAUSE_ID, event.causeId());
        text(json, MESSAGE, event.message());
        if (!event.attributes().isEmpty()) {
            json.writeFieldName(ATTRIBUTES);
            attributes(event.attributes(), json);
        }
        if (!event.links().isEmpty()) {
            json.writeArrayFieldStart("links");
            for (SpanLink link : event.links()) {
                json.writeStartObject();
                json.writeFieldName(TRACE_ID);
                json.writeString(link.traceId());
                json.writeFieldName(SPAN_ID);
                json.writeString(link.spanId());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (event.position() != 0) {
            json.writeFieldName(POSITION);
            json.writeNumber(event.position());
        }
        author(event, json);
        json.writeEndObject();
    }

    private static void author(AuditEvent event, JsonGenerator json) throws IOException {
        if (event.isAuthorTold()) {
            json.writeStringField("author", event.author().name().toLowerCase(Locale.ROOT));
        }
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
            case AttributeValue.Empty empty -> json.writeNull();
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

    private static void text(JsonGenerator json, SerializableString name, String value)
            throws IOException {
        if (!value.isEmpty()) {
            json.writeFieldName(name);
            json.writeString(value);
        }
    }

    private static void time(JsonGenerator json, SerializableString name, Instant value)
            throws IOException {
        if (!value.equals(Instant.EPOCH)) {
            json.writeFieldName(name);
            json.writeString(Times.format(value));
        }
    }
}
