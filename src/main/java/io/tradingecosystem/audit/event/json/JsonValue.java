package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of JSON as that of an attribute.
 *
 * @param value as far as an attribute can hold it
 * @param problem what it cannot hold, by the name that the value was read under
 */
public record JsonValue(AttributeValue value, Optional<EventProblem> problem) {

    /** Reads the value at which a parser stands, and leaves the parser at its end. */
    public static JsonValue read(String name, JsonParser json) throws IOException {
        List<EventProblem> problems = new ArrayList<>();
        AttributeValue value = AttributeJson.read(name, json, problems::add);
        return new JsonValue(value, problems.stream().findFirst());
    }

    /** Reads a text that is one value and nothing else. */
    public static JsonValue read(String name, byte[] text) {
        try (JsonParser json = JsonParsers.of(new ByteArrayInputStream(text))) {
            if (json.nextToken() == null) {
                return malformed(name, "it is empty");
            }
            JsonValue value = read(name, json);
            return json.nextToken() == null
                    ? value
                    : malformed(name, "there is more text behind it");
        } catch (JsonProcessingException e) {
            return malformed(name, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonValue malformed(String name, String why) {
        return new JsonValue(
                new AttributeValue.Empty(),
                Optional.of(new EventProblem(Reason.MALFORMED, name + " is not JSON: " + why)));
    }
}
