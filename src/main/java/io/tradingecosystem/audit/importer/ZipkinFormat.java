package io.tradingecosystem.audit.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.otlp.RecordedSpans;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Zipkin's format of version 2: an array of spans, as its reporters send it and a trace is given,
 * or an array of such arrays, as several traces are.
 */
final class ZipkinFormat extends JsonFormat {
    private final RecordedSpans spans;
    private int number;

    ZipkinFormat(RecordedSpans spans) {
        this.spans = spans;
    }

    @Override
    void read(JsonParser json, Items items) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new UnreadableFormatException("an array of spans is expected");
        }
        for (JsonToken next = json.nextToken();
                next != JsonToken.END_ARRAY;
                next = json.nextToken()) {
            if (next == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    span(json, items);
                }
            } else {
                span(json, items);
            }
        }
    }

    private void span(JsonParser json, Items items) throws IOException {
        JsonNode span = tree(json);
        String place = "span " + ++number;
        if (!span.isObject()) {
            items.item(place, malformed("a span is a JSON object, and this is none"));
            return;
        }
        boolean shared = span.path("shared").asBoolean();
        for (Candidate event : spans.events(of(span), shared)) {
            items.item(place, event);
        }
    }

    private static ResourceSpans of(JsonNode span) {
        Resource.Builder resource = Resource.newBuilder();
        endpoint(span.path("localEndpoint"), "service.name", "host.ip", "host.port")
                .forEach(
                        (name, value) -> resource.addAttributes(SpanValues.attribute(name, value)));
        ResourceSpans.Builder all = ResourceSpans.newBuilder().setResource(resource);
        all.addScopeSpansBuilder().addSpans(span(span));
        return all.build();
    }

    private static Map<String, String> endpoint(
            JsonNode endpoint, String service, String address, String port) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, service, endpoint.path("serviceName"));
        put(values, address, endpoint.path("ipv6"));
        put(values, address, endpoint.path("ipv4"));
        put(values, port, endpoint.path("port"));
        return values;
    }

    private static void put(Map<String, String> values, String name, JsonNode value) {
        if (!value.asText().isEmpty()) {
            values.put(name, value.asText());
        }
    }

    private static Span.Builder span(JsonNode told) {
        long start = SpanValues.nanos(told.path("timestamp"));
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(SpanValues.traceId(told.path("traceId")))
                        .setSpanId(SpanValues.spanId(told.path("id")))
                        .setName(told.path("name").asText())
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + SpanValues.nanos(told.path("duration")));
        if (told.has("parentId")) {
            span.setParentSpanId(SpanValues.spanId(told.path("parentId")));
        }
        SpanValues.kind(told.path("kind").asText()).ifPresent(span::setKind);
        told.path("tags").properties().forEach(tag -> tag(tag.getKey(), tag.getValue(), span));
        endpoint(
                        told.path("remoteEndpoint"),
                        "peer.service",
                        "network.peer.address",
                        "network.peer.port")
                .forEach((name, value) -> span.addAttributes(SpanValues.attribute(name, value)));
        told.path("annotations").forEach(annotation -> annotation(annotation, span));
        return span;
    }

    private static void annotation(JsonNode annotation, Span.Builder span) {
        Span.Event.Builder event =
                span.addEventsBuilder()
                        .setTimeUnixNano(SpanValues.nanos(annotation.path("timestamp")));
        String text = annotation.path("value").asText();
        Optional<Map.Entry<String, JsonNode>> named = named(text);
        event.setName(named.map(Map.Entry::getKey).orElse(text));
        named.ifPresent(
                entry ->
                        entry.getValue()
                                .properties()
                                .forEach(
                                        each ->
                                                event.addAttributes(
                                                        SpanValues.attribute(
                                                                each.getKey(),
                                                                each.getValue().asText()))));
    }

    /** OpenTelemetry's exporters write a span event as {@code {"name": {attributes}}}. */
    private static Optional<Map.Entry<String, JsonNode>> named(String text) {
        try {
            JsonNode json = text.startsWith("{") ? Json.mapper().readTree(text) : null;
            return json != null && json.size() == 1
                    ? json.properties().stream()
                            .filter(entry -> entry.getValue().isObject())
                            .findFirst()
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            // A text that only looks like it stays a text.
            return Optional.empty();
        }
    }

    private static void tag(String name, JsonNode value, Span.Builder span) {
        if (!SpanValues.isOfSpan(name, value.asText(), span)) {
            span.addAttributes(SpanValues.attribute(name, value.asText()));
        }
    }
}
