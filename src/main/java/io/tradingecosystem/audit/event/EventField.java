package io.tradingecosystem.audit.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        return Optional.ofNullable(BY_WORD.get(word));
    }

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final Map<String, EventField> BY_WORD = byWord();

    private static Map<String, EventField> byWord() {
        Map<String, EventField> fields = new HashMap<>();
        for (EventField field : values()) {
            fields.put(field.word(), field);
        }
        return Map.copyOf(fields);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether every event has it. */
    boolean isRequired() {
        return switch (this) {
            case ID, SERVICE, TYPE, SEVERITY, OCCURRED_AT -> true;
            default -> false;
        };
    }

    /** Whether it may have a value. */
    boolean mayBe(String value) {
        return switch (this) {
            case TRACE_ID -> isHex(value, TRACE_DIGITS);
            case SPAN_ID, PARENT_SPAN_ID -> isHex(value, SPAN_DIGITS);
            case SEVERITY -> words().contains(value);
            default -> !value.isEmpty();
        };
    }

    /** What {@link #mayBe} allows, in words. */
    String allowed() {
        return switch (this) {
            case TRACE_ID -> TRACE_DIGITS + " hex digits in lower case";
            case SPAN_ID, PARENT_SPAN_ID -> SPAN_DIGITS + " hex digits in lower case";
            case SEVERITY -> "one of " + String.join(", ", words());
            default -> "a text";
        };
    }

    boolean isOfTrace() {
        return this == TRACE_ID;
    }

    boolean isHexId() {
        return this == TRACE_ID || this == SPAN_ID || this == PARENT_SPAN_ID;
    }

    private static boolean isHex(String value, int digits) {
        return value.length() == digits
                && value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static List<String> words() {
        return Arrays.stream(Severity.values()).map(Severity::word).toList();
    }

    /** Whether it is a number on a scale of time. */
    boolean isMeasure() {
        return this == OCCURRED_AT || this == DURATION;
    }

    /** The value that an event has; empty if it has none. */
    Optional<AttributeValue> of(AuditEvent event) {
        return switch (this) {
            case ID -> text(event.id());
            case SERVICE -> text(event.service());
            case INSTANCE -> text(event.instance());
            case TYPE -> text(event.type());
            case SEVERITY -> text(event.severity().word());
            case OCCURRED_AT -> text(Times.format(event.occurredAt()));
            case DURATION -> nanoseconds(event.duration());
            case TRACE_ID -> text(event.traceId());
            case SPAN_ID -> text(event.spanId());
            case PARENT_SPAN_ID -> text(event.parentSpanId());
            case CORRELATION_ID -> text(event.correlationId());
            case SCENARIO_ID -> text(event.scenarioId());
            case CAUSE_ID -> text(event.causeId());
            case MESSAGE -> text(event.message());
        };
    }

    private static Optional<AttributeValue> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.Text(text));
    }

    private static Optional<AttributeValue> nanoseconds(Duration duration) {
        return duration.isZero()
                ? Optional.empty()
                : Optional.of(new AttributeValue.Whole(duration.toNanos()));
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
