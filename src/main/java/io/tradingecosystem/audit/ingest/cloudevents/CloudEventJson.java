package io.tradingecosystem.audit.ingest.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.JsonValue;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a CloudEvent in the JSON format (1.0.2). Not thread-safe; one event has its own. */
final class CloudEventJson {
    private static final String BASE64 = "data_base64";

    private final Map<String, String> context = new HashMap<>();
    private Optional<AttributeValue> data = Optional.empty();
    private Optional<String> base64 = Optional.empty();
    private Optional<EventProblem> problem = Optional.empty();

    private CloudEventJson() {}

    /** The event at whose start a parser stands; leaves the parser at its end. */
    static CloudEvent read(JsonParser json) throws IOException {
        CloudEventJson reader = new CloudEventJson();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            reader.member(name, json);
        }
        return reader.event();
    }

    private void member(String name, JsonParser json) throws IOException {
        JsonValue read = JsonValue.read(name, json);
        read.problem().ifPresent(this::fail);
        switch (name) {
            case EventData.NAME -> data = Optional.of(read.value());
            case BASE64 -> base64 = text(name, read.value());
            default ->
                    text(name, read.value())
                            .filter(text -> !text.isEmpty())
                            .ifPresent(text -> context.put(name, text));
        }
    }

    /** Null is a value that is not there. */
    private Optional<String> text(String name, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> Optional.of(text.value());
            case AttributeValue.Whole whole -> Optional.of(whole.asText());
            case AttributeValue.Flag flag -> Optional.of(flag.asText());
            case AttributeValue.Empty empty -> Optional.empty();
            case AttributeValue.Real real -> noText(name);
            case AttributeValue.Bytes bytes -> noText(name);
            case AttributeValue.Sequence sequence -> noText(name);
            case AttributeValue.Mapping mapping -> noText(name);
        };
    }

    private Optional<String> noText(String name) {
        fail(
                Reason.BAD_FIELD,
                "%s of a CloudEvent is to be a text, a whole number or a boolean"
                        .formatted(UnicodeText.excerpt(name)));
        return Optional.empty();
    }

    private CloudEvent event() {
        if (base64.isPresent() && data.isPresent()) {
            fail(Reason.BAD_FIELD, "a CloudEvent has data or data_base64, and this one has both");
        }
        return new CloudEvent(context, base64.isPresent() ? bytes(base64.get()) : data(), problem);
    }

    private Optional<AttributeValue> data() {
        String mediaType = context.getOrDefault("datacontenttype", "");
        boolean json = mediaType.isEmpty() || EventData.isJson(mediaType);
        if (!json && data.filter(value -> !(value instanceof AttributeValue.Text)).isPresent()) {
            fail(
                    Reason.BAD_FIELD,
                    "data of type %s is to be a text".formatted(UnicodeText.excerpt(mediaType)));
        }
        return data;
    }

    private Optional<AttributeValue> bytes(String text) {
        try {
            JsonValue read =
                    EventData.of(
                            Base64.getDecoder().decode(text),
                            context.getOrDefault("datacontenttype", ""));
            read.problem().ifPresent(this::fail);
            return Optional.of(read.value());
        } catch (IllegalArgumentException e) {
            fail(Reason.BAD_FIELD, BASE64 + " is not Base64: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void fail(Reason reason, String text) {
        fail(new EventProblem(reason, text));
    }

    private void fail(EventProblem first) {
        problem = problem.or(() -> Optional.of(first));
    }
}
