package io.tradingecosystem.audit.api.events;

import com.google.protobuf.Message;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.v1.Attribute;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.RecordResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads events from messages of {@code audit.v1}, and writes what became of them. */
final class EventMessages {
    /** Keeps the fields of a message that we do not know: those of a newer proto than ours. */
    static final String UNKNOWN_FIELDS = "audit.unknown_fields";

    private EventMessages() {}

    static List<Candidate> candidates(List<Event> messages) {
        List<Candidate> candidates = new ArrayList<>(messages.size());
        for (Event message : messages) {
            candidates.add(candidate(message));
        }
        return candidates;
    }

    static Candidate candidate(Event message) {
        AuditEventBuilder event =
                AuditEvent.builder(message.getService(), message.getType())
                        .id(message.getId())
                        .instance(message.getInstance())
                        .duration(Duration.ofNanos(message.getDuration()))
                        .traceId(message.getTraceId())
                        .spanId(message.getSpanId())
                        .parentSpanId(message.getParentSpanId())
                        .correlationId(message.getCorrelationId())
                        .scenarioId(message.getScenarioId())
                        .causeId(message.getCauseId())
                        .message(message.getMessage());
        if (message.getOccurredAt() != 0) {
            event.occurredAt(Times.ofEpochNanos(message.getOccurredAt()));
        }
        switch (message.getSeverity()) {
            case DEBUG -> event.severity(Severity.DEBUG);
            case INFO -> event.severity(Severity.INFO);
            case WARNING -> event.severity(Severity.WARNING);
            case ERROR -> event.severity(Severity.ERROR);
            case CRITICAL -> event.severity(Severity.CRITICAL);
            case SEVERITY_UNSPECIFIED -> {}
            case UNRECOGNIZED -> {
                return bad(message, "severity " + message.getSeverityValue() + " is not known");
            }
        }
        for (Attribute attribute : message.getAttributesList()) {
            String name = "attribute \"" + UnicodeText.excerpt(attribute.getName()) + "\"";
            if (!isKnown(attribute)) {
                return bad(
                        message,
                        name
                                + " has a field or kind of value that is not known here, or a name"
                                + " twice in a map");
            }
            if (event.replacesAttribute(attribute.getName(), value(attribute.getValue()))) {
                return bad(message, name + " stands there twice, with other values");
            }
        }
        if (!message.getLinksList().stream().allMatch(EventMessages::isPlain)) {
            return bad(message, "a link has a field that is not known here");
        }
        if (message.getLinksCount() > 0) {
            event.links(message.getLinksList().stream().map(EventMessages::link).toList());
        }
        if (!isPlain(message)) {
            event.attribute(
                    UNKNOWN_FIELDS,
                    AttributeValue.Bytes.of(message.getUnknownFields().toByteArray()));
        }
        return new Candidate.Draft(event);
    }

    private static io.tradingecosystem.audit.event.SpanLink link(
            io.tradingecosystem.audit.v1.SpanLink link) {
        return new io.tradingecosystem.audit.event.SpanLink(link.getTraceId(), link.getSpanId());
    }

    private static Candidate bad(Event message, String text) {
        return new Candidate.Unreadable(
                message.getId(), message.getService(), new EventProblem(Reason.BAD_FIELD, text));
    }

    /** Whether no name is there twice in a map, and no kind of value is of a newer proto. */
    private static boolean isKnown(io.tradingecosystem.audit.v1.AttributeValue value) {
        return switch (value.getValueCase()) {
            case TEXT, WHOLE, REAL, FLAG, RAW, VALUE_NOT_SET -> isPlain(value);
            case LIST -> value.getList().getValuesList().stream().allMatch(EventMessages::isKnown);
            case MAP -> isKnown(value.getMap().getValuesList());
        };
    }

    private static boolean isKnown(List<Attribute> entries) {
        Set<String> names = new HashSet<>();
        return entries.stream().allMatch(entry -> names.add(entry.getName()) && isKnown(entry));
    }

    private static boolean isKnown(Attribute attribute) {
        return isPlain(attribute) && isKnown(attribute.getValue());
    }

    private static boolean isPlain(Message message) {
        return message.getUnknownFields().asMap().isEmpty();
    }

    private static AttributeValue value(io.tradingecosystem.audit.v1.AttributeValue value) {
        return switch (value.getValueCase()) {
            case TEXT -> new AttributeValue.Text(value.getText());
            case WHOLE -> new AttributeValue.Whole(value.getWhole());
            case REAL -> new AttributeValue.Real(value.getReal());
            case FLAG -> new AttributeValue.Flag(value.getFlag());
            case RAW -> AttributeValue.Bytes.of(value.getRaw().toByteArray());
            case LIST ->
                    new AttributeValue.Sequence(
                            value.getList().getValuesList().stream()
                                    .map(EventMessages::value)
                                    .toList());
            case MAP -> {
                Map<String, AttributeValue> values = new LinkedHashMap<>();
                for (Attribute each : value.getMap().getValuesList()) {
                    values.put(each.getName(), value(each.getValue()));
                }
                yield new AttributeValue.Mapping(values);
            }
            case VALUE_NOT_SET -> new AttributeValue.Empty();
        };
    }

    static RecordResult result(Receipt receipt) {
        RecordResult.Builder result =
                RecordResult.newBuilder()
                        .setId(receipt.id())
                        .setOutcome(
                                switch (receipt.outcome()) {
                                    case STORED -> RecordResult.Outcome.STORED;
                                    case DUPLICATE -> RecordResult.Outcome.DUPLICATE;
                                    case CONFLICT -> RecordResult.Outcome.CONFLICT;
                                    case REJECTED -> RecordResult.Outcome.REJECTED;
                                })
                        .setPosition(receipt.position())
                        .setDetail(receipt.note());
        receipt.problem()
                .ifPresent(
                        problem ->
                                result.setReason(problem.reason().name())
                                        .setDetail(problem.text()));
        return result.build();
    }
}
