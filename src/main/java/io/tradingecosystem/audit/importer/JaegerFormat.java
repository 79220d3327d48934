package io.tradingecosystem.audit.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.otlp.RecordedSpans;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/**
 * What Jaeger's user interface and its query API give as JSON: {@code {"data": [traces]}}, each
 * with its spans and processes. A trace is held as a whole.
 */
final class JaegerFormat extends JsonFormat {
    /** What our own answers in this format say of an event. */
    private static final Map<String, String> OWN =
            Map.of(
                    "audit.scenario_id", "scenario_id",
                    "audit.correlation_id", "correlation_id",
                    "audit.cause_id", "cause_id");

    private final RecordedSpans spans;

    JaegerFormat(RecordedSpans spans) {
        this.spans = spans;
    }

    @Override
    void read(JsonParser json, Items items) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableFormatException("an object with the member data is expected");
        }
        boolean found = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean data = json.currentName().equals("data");
            if (json.nextToken() == JsonToken.START_ARRAY && data) {
                found = true;
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    trace(tree(json), items);
                }
            } else {
                json.skipChildren();
            }
        }
        if (!found) {
            throw new UnreadableFormatException("there is no list data, as Jaeger's answers have");
        }
    }

    private void trace(JsonNode trace, Items items) throws IOException {
        String name = "trace " + trace.path("traceID").asText("?");
        if (!trace.path("spans").isArray()) {
            items.item(name, malformed("a trace has a list of spans"));
            return;
        }
        int number = 0;
        for (JsonNode span : trace.path("spans")) {
            String place = "span " + ++number + " of " + name;
            JsonNode named = trace.path("processes").path(span.path("processID").asText());
            JsonNode process = span.has("process") ? span.path("process") : named;
            for (Candidate event : spans.events(of(span, process), false)) {
                items.item(place, event);
            }
        }
    }

    private static ResourceSpans of(JsonNode span, JsonNode process) {
        Resource.Builder resource = Resource.newBuilder();
        String service = process.path("serviceName").asText();
        if (!service.isEmpty()) {
            resource.addAttributes(SpanValues.attribute("service.name", service));
        }
        for (JsonNode tag : process.path("tags")) {
            resource.addAttributes(SpanValues.attribute(tag.path("key").asText(), value(tag)));
        }
        ResourceSpans.Builder all = ResourceSpans.newBuilder().setResource(resource);
        all.addScopeSpansBuilder().addSpans(span(span));
        return all.build();
    }

    private static Span.Builder span(JsonNode told) {
        long start = SpanValues.nanos(told.path("startTime"));
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(SpanValues.traceId(told.path("traceID")))
                        .setSpanId(SpanValues.spanId(told.path("spanID")))
                        .setName(told.path("operationName").asText())
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + SpanValues.nanos(told.path("duration")));
        if (told.has("parentSpanID")) {
            span.setParentSpanId(SpanValues.spanId(told.path("parentSpanID")));
        }
        told.path("references").forEach(reference -> reference(reference, told, span));
        for (JsonNode tag : told.path("tags")) {
            String key = tag.path("key").asText();
            if (!SpanValues.isOfSpan(key, tag.path("value").asText(), span)) {
                span.addAttributes(SpanValues.attribute(OWN.getOrDefault(key, key), value(tag)));
            }
        }
        told.path("logs").forEach(log -> log(log, span));
        for (JsonNode warning : told.path("warnings")) {
            span.addAttributes(SpanValues.attribute("jaeger.warning", warning.asText()));
        }
        return span;
    }

    /** The first parent in the same trace is the parent; whatever else is referred to is a link. */
    private static void reference(JsonNode reference, JsonNode told, Span.Builder span) {
        boolean parent =
                reference.path("refType").asText().equals("CHILD_OF")
                        && reference.path("traceID").equals(told.path("traceID"))
                        && span.getParentSpanId().isEmpty();
        if (parent) {
            span.setParentSpanId(SpanValues.spanId(reference.path("spanID")));
        } else {
            span.addLinksBuilder()
                    .setTraceId(SpanValues.traceId(reference.path("traceID")))
                    .setSpanId(SpanValues.spanId(reference.path("spanID")));
        }
    }

    private static void log(JsonNode log, Span.Builder span) {
        Span.Event.Builder event =
                span.addEventsBuilder()
                        .setTimeUnixNano(SpanValues.nanos(log.path("timestamp")))
                        .setName("log");
        for (JsonNode field : log.path("fields")) {
            String key = field.path("key").asText();
            if (key.equals("event")) {
                event.setName(field.path("value").asText());
            } else {
                event.addAttributes(SpanValues.attribute(key, value(field)));
            }
        }
    }

    /** Whole numbers come as texts as well; what is not of its type is kept as a text. */
    private static AnyValue value(JsonNode tag) {
        JsonNode value = tag.path("value");
        String text = value.isTextual() ? value.asText() : value.toString();
        String type = tag.path("type").asText();
        AnyValue.Builder any = AnyValue.newBuilder();
        if (type.equals("binary")) {
            return bytes(text);
        }
        if (type.equals("bool") && value.isBoolean()) {
            return any.setBoolValue(value.asBoolean()).build();
        }
        if (type.equals("int64") && text.matches("-?\\d{1,18}")) {
            return any.setIntValue(Long.parseLong(text)).build();
        }
        return type.equals("float64") && value.isNumber()
                ? any.setDoubleValue(value.asDouble()).build()
                : any.setStringValue(text).build();
    }

    private static AnyValue bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
        } catch (IllegalArgumentException e) {
            return AnyValue.newBuilder().setStringValue(base64).build();
        }
    }
}
