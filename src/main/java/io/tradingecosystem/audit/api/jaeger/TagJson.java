package io.tradingecosystem.audit.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.event.AttributeValue;

import java.io.IOException;
import java.util.Map;

/** Writes Jaeger's tags: {@code {"key":…,"type":…,"value":…}}. */
final class TagJson {
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private final JsonGenerator json;

    TagJson(JsonGenerator json) {
        this.json = json;
    }

    /** A text, unless it is empty. */
    void text(String key, String value) throws IOException {
        if (!value.isEmpty()) {
            begin(key, "string");
            json.writeString(value);
            json.writeEndObject();
        }
    }

    void flag(String key, boolean value) throws IOException {
        begin(key, "bool");
        json.writeBoolean(value);
        json.writeEndObject();
    }

    void attributes(Map<String, AttributeValue> attributes) throws IOException {
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            attribute(attribute.getKey(), attribute.getValue());
        }
    }

    /** Lists, maps and what JSON has no number for are texts. */
    private void attribute(String key, AttributeValue value) throws IOException {
        switch (value) {
            case AttributeValue.Flag flag -> flag(key, flag.value());
            case AttributeValue.Whole whole -> whole(key, whole.value());
            case AttributeValue.Real real when Double.isFinite(real.value()) -> {
                begin(key, "float64");
                json.writeNumber(real.value());
                json.writeEndObject();
            }
            case AttributeValue.Bytes bytes -> {
                begin(key, "binary");
                json.writeBinary(bytes.value());
                json.writeEndObject();
            }
            default -> {
                begin(key, "string");
                json.writeString(value.asText());
                json.writeEndObject();
            }
        }
    }

    /** What JavaScript's numbers do not hold is text. */
    private void whole(String key, long value) throws IOException {
        begin(key, "int64");
        if (Math.abs(value) > MAX_SAFE_INTEGER) {
            json.writeString(Long.toString(value));
        } else {
            json.writeNumber(value);
        }
        json.writeEndObject();
    }

    private void begin(String key, String type) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeStringField("type", type);
        json.writeFieldName("value");
    }
}
