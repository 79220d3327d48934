package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.event.AttributeValue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads attribute values. A whole number past 64 bits is kept as the text of its digits, null as an
 * empty text: an attribute has no other form for them.
 */
final class AttributeJson {
    private AttributeJson() {}

    /** The value at which the parser stands; leaves the parser at its end. */
    static AttributeValue read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new AttributeValue.Text(json.getText());
            case VALUE_NUMBER_INT ->
                    json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? new AttributeValue.Text(json.getText())
                            : new AttributeValue.Whole(json.getLongValue());
            case VALUE_NUMBER_FLOAT -> real(json);
            case VALUE_TRUE -> new AttributeValue.Flag(true);
            case VALUE_FALSE -> new AttributeValue.Flag(false);
            case START_ARRAY -> sequence(json);
            case START_OBJECT -> mapping(json);
            case VALUE_NULL,
                    END_OBJECT,
                    END_ARRAY,
                    FIELD_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE ->
                    new AttributeValue.Text("");
        };
    }

    /** A number that a double cannot hold at all (1e999) is kept as its text. */
    private static AttributeValue real(JsonParser json) throws IOException {
        double value = json.getDoubleValue();
        return Double.isFinite(value)
                ? new AttributeValue.Real(value)
                : new AttributeValue.Text(json.getText());
    }

    private static AttributeValue sequence(JsonParser json) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(read(json));
        }
        return new AttributeValue.Sequence(values);
    }

    private static AttributeValue mapping(JsonParser json) throws IOException {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            values.put(name, read(json));
        }
        if (values.size() == 1) {
            Map.Entry<String, AttributeValue> only = values.entrySet().iterator().next();
            String name = only.getKey();
            if (name.startsWith("$$")) {
                return new AttributeValue.Mapping(Map.of(name.substring(1), only.getValue()));
            }
            if (only.getValue() instanceof AttributeValue.Text text) {
                return special(name, text.value())
                        .orElseGet(() -> new AttributeValue.Mapping(values));
            }
        }
        return new AttributeValue.Mapping(values);
    }

    private static Optional<AttributeValue> special(String name, String text) {
        return switch (name) {
            case EventJsonWriter.BYTES -> bytes(text);
            case EventJsonWriter.REAL ->
                    switch (text) {
                        case "NaN" -> Optional.of(new AttributeValue.Real(Double.NaN));
                        case "Infinity" ->
                                Optional.of(new AttributeValue.Real(Double.POSITIVE_INFINITY));
                        case "-Infinity" ->
                                Optional.of(new AttributeValue.Real(Double.NEGATIVE_INFINITY));
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }

    private static Optional<AttributeValue> bytes(String base64) {
        try {
            return Optional.of(AttributeValue.Bytes.of(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            // Not a tagged value: a map that happens to look like it stays a map.
            return Optional.empty();
        }
    }
}
