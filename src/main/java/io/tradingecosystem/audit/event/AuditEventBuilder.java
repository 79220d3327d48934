package io.tradingecosystem.audit.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an {@link AuditEvent}; what is not set is empty. Not thread-safe. Its fields are open to
 * {@link Admission}, which works on an event while it is still being made.
 */
public final class AuditEventBuilder {
    String id = "";
    String service;
    String instance = "";
    String type;
    Severity severity = Severity.INFO;
    boolean severityReported;
    Instant occurredAt = Instant.EPOCH;
    boolean timeReported;
    Instant recordedAt = Instant.EPOCH;
    Duration duration = Duration.ZERO;
    String traceId = "";
    String spanId = "";
    String parentSpanId = "";
    String correlationId = "";
    String scenarioId = "";
    String causeId = "";
    String message = "";

    /** To be read; what changes it goes through {@link #changeable}. */
    Map<String, AttributeValue> attributes = Map.of();

    List<SpanLink> links = List.of();
    Author author = Author.DOOR;
    long position;

    /** As {@link EventMeasure} found it. */
    int size;

    AuditEventBuilder(String service, String type) {
        this.service = service;
        this.type = type;
    }

    AuditEventBuilder(AuditEvent event) {
        id = event.id();
        service = event.service();
        instance = event.instance();
        type = event.type();
        severity = event.severity();
        severityReported = true;
        occurredAt = event.occurredAt();
        timeReported = !occurredAt.equals(Instant.EPOCH);
        recordedAt = event.recordedAt();
        duration = event.duration();
        traceId = event.traceId();
        spanId = event.spanId();
        parentSpanId = event.parentSpanId();
        correlationId = event.correlationId();
        scenarioId = event.scenarioId();
        causeId = event.causeId();
        message = event.message();
        attributes = event.attributes();
        links = event.links();
        author = event.author();
        position = event.position();
    }

    public AuditEventBuilder id(String value) {
        id = value;
        return this;
    }

    public AuditEventBuilder service(String value) {
        service = value;
        return this;
    }

    public AuditEventBuilder instance(String value) {
        instance = value;
        return this;
    }

    public AuditEventBuilder type(String value) {
        type = value;
        return this;
    }

    public AuditEventBuilder severity(Severity value) {
        severity = value;
        severityReported = true;
        return this;
    }

    public AuditEventBuilder occurredAt(Instant value) {
        occurredAt = value;
        timeReported = true;
        return this;
    }

    public AuditEventBuilder recordedAt(Instant value) {
        recordedAt = value;
        return this;
    }

    public AuditEventBuilder duration(Duration value) {
        duration = value;
        return this;
    }

    public AuditEventBuilder traceId(String value) {
        traceId = value;
        return this;
    }

    public AuditEventBuilder spanId(String value) {
        spanId = value;
        return this;
    }

    public AuditEventBuilder parentSpanId(String value) {
        parentSpanId = value;
        return this;
    }

    public AuditEventBuilder correlationId(String value) {
        correlationId = value;
        return this;
    }

    public AuditEventBuilder scenarioId(String value) {
        scenarioId = value;
        return this;
    }

    public AuditEventBuilder causeId(String value) {
        causeId = value;
        return this;
    }

    public AuditEventBuilder message(String value) {
        message = value;
        return this;
    }

    public AuditEventBuilder attribute(String name, AttributeValue value) {
        changeable().put(name, value);
        return this;
    }

    /** Sets an attribute and tells whether there was one of that name with another value. */
    public boolean replacesAttribute(String name, AttributeValue value) {
        AttributeValue before = changeable().put(name, value);
        return before != null && !before.equals(value);
    }

    /** Whether an attribute of that name is set. */
    public boolean hasAttribute(String name) {
        return attributes.containsKey(name);
    }

    public AuditEventBuilder attribute(String name, String value) {
        return attribute(name, new AttributeValue.Text(value));
    }

    public AuditEventBuilder attribute(String name, long value) {
        return attribute(name, new AttributeValue.Whole(value));
    }

    public AuditEventBuilder attribute(String name, double value) {
        return attribute(name, new AttributeValue.Real(value));
    }

    public AuditEventBuilder attribute(String name, boolean value) {
        return attribute(name, new AttributeValue.Flag(value));
    }

    /** Replaces all attributes. */
    public AuditEventBuilder attributes(Map<String, AttributeValue> values) {
        attributes = AttributeValue.copyOf(values);
        return this;
    }

    public AuditEventBuilder links(List<SpanLink> values) {
        links = List.copyOf(values);
        return this;
    }

    /** Who writes it into the log; {@link Admission} sets it for all that comes in by a door. */
    public AuditEventBuilder author(Author value) {
        author = value;
        return this;
    }

    public AuditEventBuilder position(long value) {
        position = value;
        return this;
    }

    /**
     * Sets an attribute in which the program says what it changed, beside whatever the sender has
     * under that name.
     *
     * @return the name under which it stands
     */
    String mark(String name, AttributeValue value) {
        String free = name;
        while (hasAttribute(free)) {
            free = "audit." + free;
        }
        attribute(free, value);
        return free;
    }

    /** The attributes as a map of this builder's own, which no event has. */
    Map<String, AttributeValue> changeable() {
        Map<String, AttributeValue> own =
                attributes instanceof LinkedHashMap<String, AttributeValue> already
                        ? already
                        : new LinkedHashMap<>(attributes);
        attributes = own;
        return own;
    }

    public AuditEvent build() {
        // The event has them now; a change after this makes a copy first.
        attributes = FixedAttributes.own(attributes);
        return new AuditEvent(
                id,
                service,
                instance,
                type,
                severity,
                occurredAt,
                recordedAt,
                duration,
                traceId,
                spanId,
                parentSpanId,
                correlationId,
                scenarioId,
                causeId,
                message,
                attributes,
                links,
                author,
                position);
    }
}
