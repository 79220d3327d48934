package io.tradingecosystem.audit.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes traces in the JSON that Jaeger's UI reads: times and durations are microseconds. */
final class TraceJson {
    private static final int NANOS_IN_MICRO = 1_000;
    private static final int LEADING = 16;
    private static final String CUT =
            "The trace has more events than are shown here; the timeline has all of them.";

    private final JsonGenerator json;

    TraceJson(JsonGenerator json) {
        this.json = json;
    }

    void write(Trace trace) throws IOException {
        Map<Copy, String> processes = new LinkedHashMap<>();
        json.writeStartObject();
        json.writeStringField("traceID", traceId(trace.id()));
        json.writeArrayFieldStart("spans");
        for (Trace.Span span : trace.spans()) {
            Copy process = Copy.of(span.event());
            write(span, trace, processes.computeIfAbsent(process, p -> "p" + processes.size()));
        }
        json.writeEndArray();
        json.writeObjectFieldStart("processes");
        for (Map.Entry<Copy, String> process : processes.entrySet()) {
            json.writeFieldName(process.getValue());
            write(process.getKey());
        }
        json.writeEndObject();
        warnings(trace);
        json.writeEndObject();
    }

    private void write(Copy process) throws IOException {
        json.writeStartObject();
        json.writeStringField("serviceName", process.service());
        json.writeArrayFieldStart("tags");
        if (!process.instance().isEmpty()) {
            new TagJson(json).text("service.instance.id", process.instance());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Trace.Span span, Trace trace, String process) throws IOException {
        AuditEvent event = span.event();
        json.writeStartObject();
        json.writeStringField("traceID", traceId(trace.id()));
        json.writeStringField("spanID", span.id());
        json.writeStringField("operationName", Operation.of(event));
        references(event, trace);
        json.writeNumberField("startTime", micros(event));
        json.writeNumberField("duration", event.duration().toNanos() / NANOS_IN_MICRO);
        json.writeArrayFieldStart("tags");
        tags(event);
        json.writeEndArray();
        json.writeArrayFieldStart("logs");
        for (AuditEvent log : span.logs()) {
            log(log);
        }
        json.writeEndArray();
        json.writeStringField("processID", process);
        // Jaeger's UI shows the warnings of spans, not those of traces.
        boolean isFirst = trace.spans().getFirst().equals(span);
        warnings(new Trace(trace.id(), trace.spans(), trace.isCut() && isFirst));
        json.writeEndObject();
    }

    private void references(AuditEvent event, Trace trace) throws IOException {
        json.writeArrayFieldStart("references");
        if (!event.parentSpanId().isEmpty()) {
            reference("CHILD_OF", trace.id(), event.parentSpanId());
        }
        for (SpanLink link : event.links()) {
            reference("FOLLOWS_FROM", link.traceId(), link.spanId());
        }
        json.writeEndArray();
    }

    private void reference(String type, String traceId, String spanId) throws IOException {
        json.writeStartObject();
        json.writeStringField("refType", type);
        json.writeStringField("traceID", traceId(traceId));
        json.writeStringField("spanID", spanId);
        json.writeEndObject();
    }

    private void tags(AuditEvent event) throws IOException {
        TagJson tags = new TagJson(json);
        if (event.severity().compareTo(Severity.ERROR) >= 0) {
            tags.flag("error", true);
        }
        tags.text("audit.event_id", event.id());
        tags.text("audit.severity", event.severity().word());
        tags.text("audit.scenario_id", event.scenarioId());
        tags.text("audit.correlation_id", event.correlationId());
        tags.text("audit.cause_id", event.causeId());
        tags.text("audit.message", event.message());
        tags.attributes(event.attributes());
    }

    private void log(AuditEvent event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("timestamp", micros(event));
        json.writeArrayFieldStart("fields");
        new TagJson(json).text("event", event.type());
        tags(event);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void warnings(Trace trace) throws IOException {
        if (trace.isCut()) {
            json.writeArrayFieldStart("warnings");
            json.writeString(CUT);
            json.writeEndArray();
        } else {
            json.writeNullField("warnings");
        }
    }

    /** Microseconds since the epoch. */
    private static long micros(AuditEvent event) {
        return Math.floorDiv(Times.toEpochNanos(event.occurredAt()), NANOS_IN_MICRO);
    }

    /** Jaeger writes ids of 64 bits, which are padded with zeros here, with 16 digits. */
    private static String traceId(String id) {
        return id.startsWith("0".repeat(LEADING)) ? id.substring(LEADING) : id;
    }

    /** A running copy of a service. */
    private record Copy(String service, String instance) {
        static Copy of(AuditEvent event) {
            return new Copy(event.service(), event.instance());
        }
    }
}
