package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Reads the value of one attribute. A number that no attribute can hold as it is written is a
 * problem, and so is a value that is nested so deeply that every limit refuses it.
 */
final class AttributeJson {
    /** More than the limit of any settings. */
    private static final int DEEPEST = 48;

    private static final AttributeValue NONE = new AttributeValue.Empty();

    private final String name;
    private final JsonParser json;
    private final Consumer<EventProblem> problems;

    private AttributeJson(String name, JsonParser json, Consumer<EventProblem> problems) {
        this.name = name;
        this.json = json;
        this.problems = problems;
    }

    /** The value at which the parser stands; leaves the parser at its end. */
    static AttributeValue read(String name, JsonParser json, Consumer<EventProblem> problems)
            throws IOException {
        return new AttributeJson(name, json, problems).value(0);
    }

    private AttributeValue value(int depth) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new AttributeValue.Text(json.getText());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> real();
            case VALUE_TRUE -> new AttributeValue.Flag(true);
            case VALUE_FALSE -> new AttributeValue.Flag(false);
            case START_ARRAY -> depth < DEEPEST ? sequence(depth) : tooDeep();
            case START_OBJECT -> depth < DEEPEST ? mapping(depth) : tooDeep();
            case VALUE_NULL,
                    END_OBJECT,
                    END_ARRAY,
                    FIELD_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE ->
                    NONE;
        };
    }

    private AttributeValue whole() throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? notKept("does not fit a whole number of 64 bits")
                : new AttributeValue.Whole(json.getLongValue());
    }

    private AttributeValue real() throws IOException {
        OptionalDouble value = ExactReal.of(json.getText());
        return value.isPresent()
                ? new AttributeValue.Real(value.getAsDouble())
                : notKept("does not fit a floating-point number of 64 bits");
    }

    private AttributeValue notKept(String why) throws IOException {
        problem(
                Reason.BAD_FIELD,
                UnicodeText.excerpt(json.getText()) + ", which " + why + "; send it as a text");
        return NONE;
    }

    private AttributeValue tooDeep() throws IOException {
        problem(Reason.ATTRIBUTE_DEPTH, "nested more than " + DEEPEST + " deep");
        json.skipChildren();
        return NONE;
    }

    private void problem(Reason reason, String text) {
        problems.accept(
                new EventProblem(
                        reason, "attribute \"" + UnicodeText.excerpt(name) + "\" is " + text));
    }

    private AttributeValue sequence(int depth) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(depth + 1));
        }
        return new AttributeValue.Sequence(values);
    }

    private AttributeValue mapping(int depth) throws IOException {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            values.put(key, value(depth + 1));
        }
        if (values.size() == 1) {
            Map.Entry<String, AttributeValue> only = values.entrySet().iterator().next();
            String key = only.getKey();
            if (key.startsWith("$$")) {
                return new AttributeValue.Mapping(Map.of(key.substring(1), only.getValue()));
            }
            if (only.getValue() instanceof AttributeValue.Text text) {
                return special(key, text.value())
                        .orElseGet(() -> new AttributeValue.Mapping(values));
            }
        }
        return new AttributeValue.Mapping(values);
    }

    private static Optional<AttributeValue> special(String key, String text) {
        return switch (key) {
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
            byte[] bytes = Base64.getDecoder().decode(base64);
            // Another spelling of the same bytes would come back as this one.
            return Base64.getEncoder().encodeToString(bytes).equals(base64)
                    ? Optional.of(AttributeValue.Bytes.of(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Not a tagged value: a map that happens to look like it stays a map.
            return Optional.empty();
        }
    }
}
