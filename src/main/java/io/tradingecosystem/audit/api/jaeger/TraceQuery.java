package io.tradingecosystem.audit.api.jaeger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.common.parameters.Parameters;
import io.tradingecosystem.audit.common.GoDurations;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search for traces, as Jaeger's parameters say it: what is not known is ignored, and of one that
 * stands there twice the first counts.
 *
 * @param service the traces have something of it
 * @param operation of this name; any if empty
 * @param tags and these tags, each of an event of the service
 * @param from the earliest start, inclusive
 * @param to the latest, exclusive
 * @param minDuration it took at least so long
 * @param maxDuration it took at most so long; zero for any
 * @param limit at most so many traces
 */
record TraceQuery(
        String service,
        String operation,
        Map<String, String> tags,
        Instant from,
        Instant to,
        Duration minDuration,
        Duration maxDuration,
        int limit) {
    private static final Duration DEFAULT_LOOKBACK = Duration.ofDays(2);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_500;
    private static final int TRACE_DIGITS = 32;
    private static final long NANOS_IN_MICRO = 1_000;
    private static final long MAX_MICROS = Long.MAX_VALUE / NANOS_IN_MICRO;

    TraceQuery {
        tags = Map.copyOf(tags);
    }

    /**
     * Reads a query.
     *
     * @throws InvalidQuestionException in Jaeger's words if it is none
     */
    static TraceQuery of(Parameters query, Instant now) {
        Instant to = time(query, "end", now);
        TraceQuery read =
                new TraceQuery(
                        text(query, "service"),
                        text(query, "operation"),
                        tags(query),
                        time(query, "start", to.minus(DEFAULT_LOOKBACK)),
                        to,
                        duration(query, "minDuration"),
                        duration(query, "maxDuration"),
                        limit(query));
        if (read.service.isEmpty()) {
            throw new InvalidQuestionException("parameter 'service' is required");
        }
        if (!read.maxDuration.isZero() && read.minDuration.compareTo(read.maxDuration) > 0) {
            throw new InvalidQuestionException(
                    "'maxDuration' should be greater than 'minDuration'");
        }
        return read;
    }

    /** The ids of traces that are asked for one by one. */
    static List<String> traceIds(Parameters query) {
        List<String> ids = new ArrayList<>();
        if (query.contains("traceID")) {
            query.all("traceID").forEach(id -> ids.add(traceId(id)));
        }
        if (ids.size() > MAX_LIMIT) {
            throw new InvalidQuestionException(
                    "at most %d traces are answered at once".formatted(MAX_LIMIT));
        }
        return ids;
    }

    /** A trace id with the leading zeros that Jaeger leaves out. */
    static String traceId(String written) {
        String id = written.toLowerCase(Locale.ROOT);
        if (id.isEmpty() || id.length() > TRACE_DIGITS || !Hex.isHex(id, 0, id.length())) {
            throw new InvalidQuestionException(
                    "cannot parse trace ID \"%s\": it is up to 32 hex digits".formatted(written));
        }
        return "0".repeat(TRACE_DIGITS - id.length()) + id;
    }

    /** Whether an event of the service is what is looked for. */
    boolean matches(AuditEvent event) {
        return (operation.isEmpty() || operation.equals(Operation.of(event)))
                && event.duration().compareTo(minDuration) >= 0
                && (maxDuration.isZero() || event.duration().compareTo(maxDuration) <= 0)
                && tags.entrySet().stream().allMatch(tag -> has(event, tag));
    }

    private static boolean has(AuditEvent event, Map.Entry<String, String> tag) {
        AttributeValue value = event.attributes().get(tag.getKey());
        if (value != null) {
            return value.asText().equals(tag.getValue());
        }
        boolean isError = event.severity().compareTo(Severity.ERROR) >= 0;
        return tag.getKey().equals("error") && tag.getValue().equals(String.valueOf(isError));
    }

    private static String text(Parameters query, String name) {
        return query.first(name).asOptional().orElse("");
    }

    private static Instant time(Parameters query, String name, Instant otherwise) {
        String text = text(query, name);
        return text.isEmpty()
                ? otherwise
                : Times.ofEpochNanos(Math.min(whole(name, text, 18), MAX_MICROS) * NANOS_IN_MICRO);
    }

    private static int limit(Parameters query) {
        String text = text(query, "limit");
        long limit = text.isEmpty() ? DEFAULT_LIMIT : whole("limit", text, 9);
        return Math.clamp(limit == 0 ? DEFAULT_LIMIT : limit, 1, MAX_LIMIT);
    }

    private static long whole(String name, String text, int digits) {
        if (!text.matches("[0-9]{1,%d}".formatted(digits))) {
            throw unreadable(name, text);
        }
        return Long.parseLong(text);
    }

    private static Duration duration(Parameters query, String name) {
        String text = text(query, name);
        return text.isEmpty()
                ? Duration.ZERO
                : GoDurations.parse(text).orElseThrow(() -> unreadable(name, text));
    }

    private static InvalidQuestionException unreadable(String name, String text) {
        return new InvalidQuestionException(
                "unable to parse param '%s': \"%s\"".formatted(name, text));
    }

    private static Map<String, String> tags(Parameters query) {
        Map<String, String> tags = new HashMap<>();
        if (query.contains("tag")) {
            for (String tag : query.all("tag")) {
                int colon = tag.indexOf(':');
                if (colon < 0) {
                    throw new InvalidQuestionException(
                            "malformed 'tag' parameter, expecting key:value, received: " + tag);
                }
                tags.put(tag.substring(0, colon), tag.substring(colon + 1));
            }
        }
        if (query.contains("tags")) {
            query.all("tags").forEach(written -> putTags(written, tags));
        }
        return tags;
    }

    private static void putTags(String written, Map<String, String> tags) {
        JsonNode object = json(written);
        for (Map.Entry<String, JsonNode> tag : object.properties()) {
            if (!tag.getValue().isTextual()) {
                throw malformed(written);
            }
            tags.put(tag.getKey(), tag.getValue().textValue());
        }
        if (!object.isObject()) {
            throw malformed(written);
        }
    }

    private static JsonNode json(String written) {
        try {
            return Json.mapper().readTree(written);
        } catch (JsonProcessingException e) {
            throw malformed(written);
        }
    }

    private static InvalidQuestionException malformed(String written) {
        return new InvalidQuestionException(
                "malformed 'tags' parameter, expecting a JSON object of texts, received: "
                        + written);
    }
}
