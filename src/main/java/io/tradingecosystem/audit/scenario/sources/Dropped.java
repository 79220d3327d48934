package io.tradingecosystem.audit.scenario.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.JsonRecord;

/**
 * What an SDK says it left out of what it sent, by the counts of OTLP ({@code
 * dropped_attributes_count} and its like of spans, span events, logs, resources and scopes).
 * Immutable.
 *
 * @param events span events
 * @param attributes attributes
 * @param links links of spans
 */
public record Dropped(long events, long attributes, long links) {
    /** Nothing was dropped. */
    public static final Dropped NOTHING = new Dropped(0, 0, 0);

    /** What one event tells. */
    static Dropped of(AuditEvent event) {
        long attributes =
                count(event, "otel.dropped_attributes_count")
                        + count(event, "otel.resource.dropped_attributes_count")
                        + count(event, "otel.scope.dropped_attributes_count");
        long events = count(event, "otel.dropped_events_count");
        long links = count(event, "otel.dropped_links_count");
        return attributes + events + links == 0 ? NOTHING : new Dropped(events, attributes, links);
    }

    /** No count of OTLP is over 32 bits; what a sender says else is none. */
    private static long count(AuditEvent event, String name) {
        return event.attributes().get(name) instanceof AttributeValue.Whole whole
                        && whole.value() > 0
                        && whole.value() <= 0xFFFF_FFFFL
                ? whole.value()
                : 0;
    }

    /** Both. */
    Dropped and(Dropped other) {
        return other.equals(NOTHING)
                ? this
                : new Dropped(
                        events + other.events, attributes + other.attributes, links + other.links);
    }

    /** As it is kept and shown. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("events", events)
                .put("attributes", attributes)
                .put("links", links);
    }

    static Dropped fromJson(JsonNode node) {
        return new Dropped(
                JsonRecord.number(node, "events"),
                JsonRecord.number(node, "attributes"),
                JsonRecord.number(node, "links"));
    }
}
