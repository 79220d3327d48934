package io.tradingecosystem.audit.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of an event that a sender may set under another name. {@link #lift} moves a value to
 * the field if the field is still empty.
 */
enum EventField {
    ID,
    SERVICE,
    INSTANCE,
    TYPE,
    SEVERITY,
    OCCURRED_AT,
    DURATION,
    TRACE_ID,
    SPAN_ID,
    PARENT_SPAN_ID,
    CORRELATION_ID,
    SCENARIO_ID,
    CAUSE_ID,
    MESSAGE;

    /** What became of a value that stands under another name of a field. */
    enum Lifted {
        /** It is the field's value now. */
        MOVED,
        /** The field has a value already, or this one is not for it: it stays an attribute. */
        STAYS,
        /** The field is empty and the value cannot be read. */
        UNREADABLE
    }

    /** The field with this word, as it is written in JSON. */
    static Optional<EventField> of(String word) {
        for (EventField field : values()) {
            if (field.word().equals(word)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Lifted lift(AuditEventBuilder event, AttributeValue value) {
        if (value instanceof AttributeValue.Empty
                || value instanceof AttributeValue.Flag
                || value instanceof AttributeValue.Sequence
                || value instanceof AttributeValue.Mapping
                || value instanceof AttributeValue.Bytes
                || isSet(event)) {
            return Lifted.STAYS;
        }
        String text = value.asText();
        switch (this) {
            case ID -> event.id(text);
            case SERVICE -> event.service(text);
            case INSTANCE -> event.instance(text);
            case TYPE -> event.type(text);
            case TRACE_ID -> event.traceId(text);
            case SPAN_ID -> event.spanId(text);
            case PARENT_SPAN_ID -> event.parentSpanId(text);
            case CORRELATION_ID -> event.correlationId(text);
            case SCENARIO_ID -> event.scenarioId(text);
            case CAUSE_ID -> event.causeId(text);
            case MESSAGE -> event.message(text);
            case SEVERITY -> {
                Optional<Severity> severity = Severity.parse(text);
                severity.ifPresent(event::severity);
                return severity.isPresent() ? Lifted.MOVED : Lifted.STAYS;
            }
            case OCCURRED_AT -> {
                Optional<Instant> time = Times.parse(text);
                time.ifPresent(event::occurredAt);
                return time.isPresent() ? Lifted.MOVED : Lifted.UNREADABLE;
            }
            case DURATION -> {
                Optional<Duration> duration = Times.parseDuration(text);
                duration.ifPresent(event::duration);
                return duration.isPresent() ? Lifted.MOVED : Lifted.STAYS;
            }
        }
        return Lifted.MOVED;
    }

    private boolean isSet(AuditEventBuilder event) {
        return switch (this) {
            case ID -> !event.id.isEmpty();
            case SERVICE -> !event.service.isEmpty();
            case INSTANCE -> !event.instance.isEmpty();
            case TYPE -> !event.type.isEmpty();
            case SEVERITY -> event.severityReported;
            case OCCURRED_AT -> event.timeReported;
            case DURATION -> !event.duration.isZero();
            case TRACE_ID -> !event.traceId.isEmpty();
            case SPAN_ID -> !event.spanId.isEmpty();
            case PARENT_SPAN_ID -> !event.parentSpanId.isEmpty();
            case CORRELATION_ID -> !event.correlationId.isEmpty();
            case SCENARIO_ID -> !event.scenarioId.isEmpty();
            case CAUSE_ID -> !event.causeId.isEmpty();
            case MESSAGE -> !event.message.isEmpty();
        };
    }
}
