package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.common.Utf8;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads events from JSON, in the form that {@link EventJsonWriter} writes and tolerant beyond it:
 * times in RFC 3339 or nanoseconds since the epoch (number or digits), durations in nanoseconds or
 * as {@code 1.5s}, severities in the words of common loggers, null for a field that is absent,
 * numbers where a text is wanted, as they are written. A field that is not known becomes an
 * attribute.
 *
 * <p>An object whose fields cannot be read is read to its end and comes back as {@link
 * Candidate.Unreadable}, so that the next one can be read; text that is not JSON throws. Not
 * thread-safe; one reader reads one event at a time.
 */
public final class EventJsonReader {
    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "service",
                    "instance",
                    "type",
                    "severity",
                    "occurred_at",
                    "recorded_at",
                    "duration",
                    "trace_id",
                    "span_id",
                    "parent_span_id",
                    "correlation_id",
                    "scenario_id",
                    "cause_id",
                    "message",
                    "attributes",
                    "links",
                    "position");
    private AuditEventBuilder event = AuditEvent.builder("", "");
    private String id = "";
    private String service = "";
    private Optional<EventProblem> problem = Optional.empty();

    /** Reads one event from a text that has nothing else in it, such as a line of NDJSON. */
    public Candidate read(byte[] text, int from, int length) {
        if (Utf8.isValid(text, from, length)) {
            try (JsonParser json = JsonParsers.ofUtf8(text, from, length)) {
                return only(json);
            } catch (JsonProcessingException e) {
                // Read again below: the other parser takes half a surrogate pair in a name.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try {
            return read(new ByteArrayInputStream(text, from, length));
        } catch (JsonProcessingException e) {
            return malformed(e.getOriginalMessage() + at(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one event from a body that has nothing else in it.
     *
     * @throws IOException if the text is not JSON or cannot be read
     */
    public Candidate read(InputStream body) throws IOException {
        try (JsonParser json = JsonParsers.of(body)) {
            return only(json);
        }
    }

    private Candidate only(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            return malformed("an event is a JSON object, this is " + name(first));
        }
        Candidate candidate = read(json);
        return json.nextToken() == null
                ? candidate
                : malformed("there is more text behind the event" + at(json));
    }

    /**
     * Reads one event from a parser that stands at the start of an object, and leaves the parser at
     * its end.
     *
     * @throws IOException if the text is not JSON or cannot be read
     */
    public Candidate read(JsonParser json) throws IOException {
        event = AuditEvent.builder("", "");
        id = "";
        service = "";
        problem = Optional.empty();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (problem.isPresent() || (value == JsonToken.VALUE_NULL && isField(name))) {
                json.skipChildren();
            } else {
                field(name, json);
            }
        }
        return problem.isPresent()
                ? new Candidate.Unreadable(id, service, problem.get())
                : new Candidate.Draft(event);
    }

    private static boolean isField(String name) {
        return FIELDS.contains(name);
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> {
                id = text(name, json);
                event.id(id);
            }
            case "service" -> {
                service = text(name, json);
                event.service(service);
            }
            case "instance" -> event.instance(text(name, json));
            case "type" -> event.type(text(name, json));
            case "severity" -> severity(json);
            case "occurred_at" -> event.occurredAt(time(name, json));
            case "recorded_at" -> event.recordedAt(time(name, json));
            case "duration" -> duration(json);
            case "trace_id" -> event.traceId(text(name, json));
            case "span_id" -> event.spanId(text(name, json));
            case "parent_span_id" -> event.parentSpanId(text(name, json));
            case "correlation_id" -> event.correlationId(text(name, json));
            case "scenario_id" -> event.scenarioId(text(name, json));
            case "cause_id" -> event.causeId(text(name, json));
            case "message" -> event.message(text(name, json));
            case "attributes" -> attributes(json);
            case "links" -> links(json);
            case "position" -> position(json);
            default -> attribute(name, json);
        }
    }

    /** A text, or the digits of a number as they are written. */
    private String text(String name, JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getText();
            default -> {
                wrong(name, "a text", json);
                yield "";
            }
        };
    }

    private void severity(JsonParser json) throws IOException {
        String text = text("severity", json);
        Optional<Severity> severity = Severity.parse(text);
        if (severity.isPresent()) {
            event.severity(severity.get());
        } else if (problem.isEmpty()) {
            fail(
                    Reason.BAD_FIELD,
                    "severity \"" + UnicodeText.excerpt(text) + "\" is not a severity");
        }
    }

    private Instant time(String name, JsonParser json) throws IOException {
        String text = text(name, json);
        Optional<Instant> time = Times.parse(text);
        if (time.isEmpty() && problem.isEmpty()) {
            fail(
                    Reason.BAD_TIME,
                    name
                            + " \""
                            + UnicodeText.excerpt(text)
                            + "\" is neither RFC 3339 with at most nanoseconds nor nanoseconds"
                            + " since the epoch");
        }
        return time.orElse(Instant.EPOCH);
    }

    private void duration(JsonParser json) throws IOException {
        String text = text("duration", json);
        Optional<Duration> duration = Times.parseDuration(text);
        if (duration.isPresent()) {
            event.duration(duration.get());
        } else if (problem.isEmpty()) {
            fail(
                    Reason.BAD_DURATION,
                    "duration \""
                            + UnicodeText.excerpt(text)
                            + "\" is neither a whole number of nanoseconds nor like 1.5s");
        }
    }

    private void position(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            event.position(json.getLongValue());
        } else {
            wrong("position", "a whole number", json);
        }
    }

    private void attributes(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            wrong("attributes", "an object", json);
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            attribute(name, json);
        }
    }

    private void attribute(String name, JsonParser json) throws IOException {
        AttributeValue value = AttributeJson.read(name, json, this::fail);
        if (event.replacesAttribute(name, value)) {
            fail(
                    Reason.BAD_FIELD,
                    "attribute \""
                            + UnicodeText.excerpt(name)
                            + "\" stands there twice, with other values");
        }
    }

    private void links(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            wrong("links", "an array", json);
            return;
        }
        List<SpanLink> links = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                wrong("links", "an array of objects", json);
                continue;
            }
            String traceId = "";
            String spanId = "";
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "trace_id" -> traceId = text(name, json);
                    case "span_id" -> spanId = text(name, json);
                    default -> wrong("links." + name, "trace_id or span_id", json);
                }
            }
            links.add(new SpanLink(traceId, spanId));
        }
        event.links(links);
    }

    private void wrong(String field, String wanted, JsonParser json) throws IOException {
        if (problem.isEmpty()) {
            fail(
                    Reason.BAD_FIELD,
                    UnicodeText.excerpt(field)
                            + " is to be "
                            + wanted
                            + ", here is "
                            + name(json.currentToken()));
        }
        json.skipChildren();
    }

    private void fail(Reason reason, String text) {
        fail(new EventProblem(reason, text));
    }

    private void fail(EventProblem first) {
        problem = problem.or(() -> Optional.of(first));
    }

    private static Candidate malformed(String text) {
        return new Candidate.Unreadable("", "", new EventProblem(Reason.MALFORMED, text));
    }

    private static String name(@org.jspecify.annotations.Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    private static String at(JsonParser json) {
        return at(json.currentLocation());
    }

    private static String at(@org.jspecify.annotations.Nullable JsonLocation location) {
        return location == null ? "" : " at column " + location.getColumnNr();
    }
}
