package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Events in the words of the older service. */
final class LegacyEventJson {
    private static final String STATUS = "status";
    private static final Set<String> STATUSES = Set.of("pending", "processed", "failed", "skipped");
    private static final String TAGS = "tags";
    private static final int MAX_LINKS = 100;

    private final LinkIndex links;

    LegacyEventJson(LinkIndex links) {
        this.links = links;
    }

    /**
     * Events that one is linked to.
     *
     * @param cut whether there are more
     */
    record Correlated(Set<String> ids, boolean cut) {}

    void write(AuditEvent event, Correlated correlated, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", event.id());
        json.writeStringField("trace_id", event.traceId());
        json.writeStringField("span_id", event.spanId());
        json.writeStringField("service_name", event.service());
        json.writeStringField("event_type", event.type());
        json.writeStringField("timestamp", event.occurredAt().toString());
        json.writeNumberField("duration", event.duration().toNanos());
        json.writeStringField(STATUS, status(event));
        json.writeFieldName("metadata");
        EventJsonWriter.attributes(metadata(event), json);
        texts(json, TAGS, tags(event));
        texts(json, "correlated_to", correlated.ids());
        json.writeStringField("created_at", event.recordedAt().toString());
        json.writeStringField("updated_at", event.recordedAt().toString());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Iterable<String> values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** What the sender called its status, if it is one of the four; else what the severity says. */
    private static String status(AuditEvent event) {
        if (event.attributes().get(STATUS) instanceof AttributeValue.Text text
                && STATUSES.contains(text.value())) {
            return text.value();
        }
        return event.severity().compareTo(Severity.ERROR) >= 0 ? "failed" : "processed";
    }

    private static Map<String, AttributeValue> metadata(AuditEvent event) {
        Map<String, AttributeValue> metadata = new LinkedHashMap<>(event.attributes());
        metadata.remove(STATUS, new AttributeValue.Text(status(event)));
        metadata.remove(TAGS);
        if (!event.message().isEmpty()) {
            metadata.putIfAbsent("message", new AttributeValue.Text(event.message()));
        }
        return metadata;
    }

    private static List<String> tags(AuditEvent event) {
        return event.attributes().get(TAGS) instanceof AttributeValue.Sequence sequence
                ? sequence.values().stream().map(AttributeValue::asText).toList()
                : List.of();
    }

    /** Over which times links of events may be missing. */
    Stream<Omission> missingLinks(List<AuditEvent> events) {
        List<Instant> times = events.stream().map(AuditEvent::occurredAt).sorted().toList();
        return times.isEmpty()
                ? Stream.empty()
                : links.incomplete(times.getFirst(), times.getLast()).stream();
    }

    /** What each of some events is linked to: at most 100 causes and 100 effects. */
    List<Correlated> correlated(List<AuditEvent> events) {
        return events.stream().map(this::correlated).toList();
    }

    private Correlated correlated(AuditEvent event) {
        List<Link> causes = links.causesOfEvents(List.of(event), MAX_LINKS + 1).getFirst();
        List<Link> effects = links.effectsOf(event.id(), MAX_LINKS + 1);
        Set<String> others = new LinkedHashSet<>();
        causes.stream().limit(MAX_LINKS).map(Link::causeId).forEach(others::add);
        effects.stream().limit(MAX_LINKS).map(Link::effectId).forEach(others::add);
        return new Correlated(others, Math.max(causes.size(), effects.size()) > MAX_LINKS);
    }
}
