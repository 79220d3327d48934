package io.tradingecosystem.audit.ingest.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.JsonParsers;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CloudEvents as they come, as candidates for events. */
public final class CloudEvents {
    /**
     * What the headers begin with in which the attributes of a CloudEvent stand, in small letters.
     */
    public static final String HEADER = "ce-";

    private CloudEvents() {}

    /**
     * One event in the JSON format, and nothing behind it.
     *
     * @throws IOException if it is not JSON or cannot be read
     */
    public static Candidate structured(InputStream body) throws IOException {
        try (JsonParser json = JsonParsers.of(body)) {
            json.nextToken();
            Candidate event = event(json);
            return json.nextToken() == null
                    ? event
                    : malformed("there is more text behind the CloudEvent; a batch is an array");
        }
    }

    /**
     * An array of events in the JSON format.
     *
     * @return one candidate for each element; a single one, which is none, for what is no array
     * @throws IOException if it is not JSON or cannot be read
     */
    public static List<Candidate> batch(InputStream body) throws IOException {
        try (JsonParser json = JsonParsers.of(body)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return List.of(malformed("a batch of CloudEvents is an array, and this is none"));
            }
            List<Candidate> events = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                events.add(event(json));
            }
            return json.nextToken() == null
                    ? events
                    : List.of(malformed("there is more text behind the batch"));
        }
    }

    private static Candidate event(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return CloudEventJson.read(json).candidate();
        }
        json.skipChildren();
        return malformed("a CloudEvent is a JSON object, and this is none");
    }

    /**
     * An event whose attributes stand in headers.
     *
     * @param headers the values of each header that begins with {@value #HEADER}, by its name
     *     without that, in small letters
     * @param mediaType of the body, or empty
     */
    public static Candidate binary(
            Map<String, List<String>> headers, String mediaType, byte[] body) {
        Map<String, String> context = new HashMap<>();
        Optional<EventProblem> problem = Optional.empty();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            Optional<String> value = value(header.getValue());
            value.filter(text -> !text.isEmpty())
                    .ifPresent(text -> context.put(header.getKey(), text));
            if (value.isEmpty() && problem.isEmpty()) {
                problem = Optional.of(unreadable(header.getKey(), header.getValue()));
            }
        }
        if (!mediaType.isEmpty()) {
            context.put("datacontenttype", mediaType);
        }
        if (body.length == 0) {
            return new CloudEvent(context, Optional.empty(), problem).candidate();
        }
        var data = EventData.of(body, mediaType);
        return new CloudEvent(context, Optional.of(data.value()), problem.or(data::problem))
                .candidate();
    }

    private static Optional<String> value(List<String> header) {
        return header.size() == 1 ? HeaderText.decode(header.getFirst()) : Optional.empty();
    }

    private static EventProblem unreadable(String name, List<String> header) {
        return new EventProblem(
                Reason.BAD_FIELD,
                header.size() == 1
                        ? "the header %s%s is not percent-encoded UTF-8: \"%s\""
                                .formatted(HEADER, name, UnicodeText.excerpt(header.getFirst()))
                        : "the header " + HEADER + name + " is there more than once");
    }

    private static Candidate malformed(String text) {
        return new Candidate.Unreadable("", "", new EventProblem(Reason.MALFORMED, text));
    }
}
