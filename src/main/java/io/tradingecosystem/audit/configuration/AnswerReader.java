package io.tradingecosystem.audit.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Timestamps;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code {"key","value","type","environment","last_updated"}}. Only {@code value} has to be
 * there; it may be any JSON, and types may have the names that other languages give them.
 */
final class AnswerReader {
    private AnswerReader() {}

    /**
     * @throws AskingException if there is no value for the key in it
     */
    static Answer.Found read(String key, byte[] body) {
        JsonNode answer = parse(body);
        if (!answer.isObject()) {
            throw unreadable("not a JSON object");
        }
        JsonNode answered = answer.path("key");
        if (answered.isTextual() && !answered.asText().equals(key)) {
            throw unreadable("the value of another key, " + answered.asText());
        }
        JsonNode value = answer.path("value");
        if (value.isMissingNode() || value.isNull()) {
            throw unreadable("no \"value\" in it");
        }
        return new Answer.Found(
                text(value),
                type(answer.path("type").asText(), value),
                Optional.of(answer.path("last_updated").asText()).flatMap(Timestamps::parse));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode answer = Json.MAPPER.readTree(body);
            if (answer.isMissingNode()) {
                throw unreadable("empty");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw unreadable("not JSON: " + e.getOriginalMessage()).causedBy(e);
        } catch (IOException e) {
            throw unreadable("not JSON").causedBy(e);
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static ValueType type(String declared, JsonNode value) {
        return switch (declared.toLowerCase(Locale.ROOT)) {
            case "string", "str", "text" -> ValueType.STRING;
            case "number", "int", "integer", "long", "float", "double", "decimal" ->
                    ValueType.NUMBER;
            case "boolean", "bool" -> ValueType.BOOLEAN;
            case "json", "object", "map", "dict", "array", "list" -> ValueType.JSON;
            default -> type(value);
        };
    }

    private static ValueType type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> ValueType.NUMBER;
            case BOOLEAN -> ValueType.BOOLEAN;
            case OBJECT, ARRAY -> ValueType.JSON;
            case STRING, BINARY, MISSING, NULL, POJO -> ValueType.of(value.asText());
        };
    }

    private static AskingException unreadable(String message) {
        return AskingException.of(Failure.Kind.UNREADABLE, message);
    }
}
