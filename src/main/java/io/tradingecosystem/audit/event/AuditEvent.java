package io.tradingecosystem.audit.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A fact with a time, as a service reported it or as it was observed. Immutable.
 *
 * <p>A text that the sender did not give is empty, never null. {@code recordedAt} and {@code
 * position} are what the log adds: until then they are {@link Instant#EPOCH} and 0.
 *
 * @param id unique; given by the sender, else a UUIDv7
 * @param service the kind of service that it happened in
 * @param instance the running copy, or empty
 * @param type what happened, such as {@code risk.alert.raised}
 * @param severity how grave
 * @param occurredAt when, by the source's clock, in nanoseconds since the epoch
 * @param recordedAt when it was stored, by our clock
 * @param duration how long it took; zero for a fact without extent
 * @param traceId 32 hex digits (W3C Trace Context), or empty
 * @param spanId 16 hex digits, or empty
 * @param parentSpanId 16 hex digits, or empty
 * @param correlationId the key of one flow, or empty
 * @param scenarioId the key of one chaos run, or empty
 * @param causeId the id of the event that the sender says caused this one, or empty
 * @param message a sentence for people, or empty
 * @param attributes whatever else the sender reported, in the sender's order
 * @param links references to other spans
 * @param author who wrote it into the log
 * @param position the place in the log, from 1; 0 while it is not in the log
 */
public record AuditEvent(
        String id,
        String service,
        String instance,
        String type,
        Severity severity,
        Instant occurredAt,
        Instant recordedAt,
        Duration duration,
        String traceId,
        String spanId,
        String parentSpanId,
        String correlationId,
        String scenarioId,
        String causeId,
        String message,
        Map<String, AttributeValue> attributes,
        List<SpanLink> links,
        Author author,
        long position) {

    /** The {@code recordedAt} of an event that the log has not, and whose time was given here. */
    static final Instant TIME_GIVEN = Instant.MIN;

    public AuditEvent {
        requireNonNull(id, "id is null");
        requireNonNull(service, "service is null");
        requireNonNull(instance, "instance is null");
        requireNonNull(type, "type is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(occurredAt, "occurredAt is null");
        requireNonNull(recordedAt, "recordedAt is null");
        requireNonNull(duration, "duration is null");
        requireNonNull(traceId, "traceId is null");
        requireNonNull(spanId, "spanId is null");
        requireNonNull(parentSpanId, "parentSpanId is null");
        requireNonNull(correlationId, "correlationId is null");
        requireNonNull(scenarioId, "scenarioId is null");
        requireNonNull(causeId, "causeId is null");
        requireNonNull(message, "message is null");
        requireNonNull(author, "author is null");
        attributes = AttributeValue.copyOf(attributes);
        links = List.copyOf(links);
    }

    /** An attribute as text; empty if it is not there. */
    public String attribute(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? "" : value.asText();
    }

    /**
     * Whether it has a type of the correlator's own, and somebody outside wrote it: a log of a
     * version whose doors took such events may have it. Nobody acts on it.
     */
    public boolean isPretended() {
        return author == Author.DOOR && OwnWords.TYPES.contains(type);
    }

    /** Whether answers tell its author: where that is no door, or it pretends so. */
    public boolean isAuthorTold() {
        return author != Author.DOOR || isPretended();
    }

    /**
     * Whether its time was given here, so that the same event told again has another: of an event
     * on its way to the log only.
     */
    public boolean isTimeGiven() {
        return recordedAt.equals(TIME_GIVEN);
    }

    /** The same event at another time. */
    public AuditEvent at(Instant time) {
        return toBuilder().occurredAt(time).build();
    }

    /** The same event as the log has it. */
    public AuditEvent stored(long position, Instant recordedAt) {
        // Without a builder in between, because this is done for every event that comes in.
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

    /** Whether another event says the same, whoever wrote it and whenever the log took it. */
    public boolean saysTheSameAs(AuditEvent other) {
        return plain().equals(other.plain());
    }

    private AuditEvent plain() {
        return toBuilder().author(Author.DOOR).recordedAt(Instant.EPOCH).position(0).build();
    }

    /** A builder with nothing but the two required names set; its author is outside. */
    public static AuditEventBuilder builder(String service, String type) {
        return new AuditEventBuilder(service, type);
    }

    /** A builder of an event that the correlator itself writes into the log. */
    public static AuditEventBuilder own(String service, String type) {
        return new AuditEventBuilder(service, type).author(Author.OWN);
    }

    /** A builder that starts from this event. */
    public AuditEventBuilder toBuilder() {
        return new AuditEventBuilder(this);
    }
}
