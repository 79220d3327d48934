package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.EventProblem.Reason;

import java.util.Map;
import java.util.Optional;

/** Holds an event to the limits on counts and sizes, and its ids to well-formed Unicode. */
final class EventMeasure {
    private static final int LINK_SIZE = 48;
    private static final int NUMBER_SIZE = 8;
    private static final int TOO_DEEP = -1;

    private final EventLimits limits;

    EventMeasure(EventLimits limits) {
        this.limits = limits;
    }

    /** The first limit that the event breaks. */
    Optional<EventProblem> check(AuditEventBuilder event) {
        Optional<EventProblem> problem =
                id("id", event.id)
                        .or(() -> id("cause_id", event.causeId))
                        .or(() -> name("service", event.service))
                        .or(() -> name("instance", event.instance))
                        .or(() -> name("type", event.type))
                        .or(() -> name("correlation_id", event.correlationId))
                        .or(() -> name("scenario_id", event.scenarioId));
        if (problem.isPresent()) {
            return problem;
        }
        if (event.message.length() > limits.messageLength()) {
            return over(
                    Reason.MESSAGE_SIZE, "message", event.message.length(), limits.messageLength());
        }
        if (event.attributes.size() > limits.attributes()) {
            return over(
                    Reason.ATTRIBUTE_COUNT,
                    "the number of attributes",
                    event.attributes.size(),
                    limits.attributes());
        }
        if (event.links.size() > limits.links()) {
            return over(
                    Reason.LINK_COUNT, "the number of links", event.links.size(), limits.links());
        }
        return attributes(event);
    }

    private Optional<EventProblem> attributes(AuditEventBuilder event) {
        long total =
                event.id.length()
                        + event.causeId.length()
                        + event.service.length()
                        + event.instance.length()
                        + event.type.length()
                        + event.correlationId.length()
                        + event.scenarioId.length()
                        + event.message.length()
                        + (long) LINK_SIZE * event.links.size();
        for (Map.Entry<String, AttributeValue> attribute : event.attributes.entrySet()) {
            String name = attribute.getKey();
            if (name.isEmpty() || name.length() > limits.attributeNameLength()) {
                return over(
                        Reason.ATTRIBUTE_NAME_SIZE,
                        "the length of the attribute name \"" + UnicodeText.excerpt(name) + "\"",
                        name.length(),
                        limits.attributeNameLength());
            }
            int size = size(attribute.getValue(), 0);
            if (size == TOO_DEEP) {
                return over(
                        Reason.ATTRIBUTE_DEPTH,
                        "the depth of attribute \"" + name + "\"",
                        limits.attributeDepth() + 1,
                        limits.attributeDepth());
            }
            if (size > limits.attributeSize()) {
                return over(
                        Reason.ATTRIBUTE_SIZE,
                        "attribute \"" + name + "\"",
                        size,
                        limits.attributeSize());
            }
            total += name.length() + size;
        }
        if (total > limits.eventSize()) {
            return over(Reason.EVENT_SIZE, "the event", total, limits.eventSize());
        }
        event.size = (int) total;
        return Optional.empty();
    }

    private int size(AttributeValue value, int depth) {
        if (depth > limits.attributeDepth()) {
            return TOO_DEEP;
        }
        return switch (value) {
            case AttributeValue.Empty empty -> 1;
            case AttributeValue.Text text -> text.value().length();
            case AttributeValue.Whole whole -> NUMBER_SIZE;
            case AttributeValue.Real real -> NUMBER_SIZE;
            case AttributeValue.Flag flag -> 1;
            case AttributeValue.Bytes bytes -> bytes.length();
            case AttributeValue.Sequence sequence -> {
                int sum = NUMBER_SIZE;
                for (AttributeValue element : sequence.values()) {
                    int size = size(element, depth + 1);
                    if (size < 0) {
                        yield size;
                    }
                    sum += size;
                }
                yield sum;
            }
            case AttributeValue.Mapping mapping -> {
                int sum = NUMBER_SIZE;
                for (Map.Entry<String, AttributeValue> entry : mapping.values().entrySet()) {
                    int size = size(entry.getValue(), depth + 1);
                    if (size < 0) {
                        yield size;
                    }
                    sum += size + entry.getKey().length();
                }
                yield sum;
            }
        };
    }

    private Optional<EventProblem> id(String field, String value) {
        return value.length() > limits.idLength()
                ? over(Reason.ID_SIZE, field, value.length(), limits.idLength())
                : printable(field, value);
    }

    private Optional<EventProblem> name(String field, String value) {
        return value.length() > limits.nameLength()
                ? over(Reason.NAME_SIZE, field, value.length(), limits.nameLength())
                : printable(field, value);
    }

    private static Optional<EventProblem> printable(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ') {
                return Optional.of(
                        new EventProblem(
                                Reason.BAD_FIELD,
                                field + " has a control character at index " + i));
            }
        }
        return UnicodeText.isWellFormed(value) ? Optional.empty() : broken(field);
    }

    private static Optional<EventProblem> broken(String field) {
        return Optional.of(
                new EventProblem(
                        Reason.BAD_FIELD,
                        field + " has what is no Unicode text: invalid UTF-8 or half a surrogate"));
    }

    private static Optional<EventProblem> over(
            Reason reason, String what, long actual, long allowed) {
        return Optional.of(
                new EventProblem(reason, what + " is " + actual + ", allowed is " + allowed));
    }
}
