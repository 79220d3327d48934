package io.tradingecosystem.audit.api.events;

import com.google.protobuf.UnsafeByteOperations;

import io.tradingecosystem.audit.api.events.Found.End;
import io.tradingecosystem.audit.api.events.Found.Scanned;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.v1.Attribute;
import io.tradingecosystem.audit.v1.AttributeList;
import io.tradingecosystem.audit.v1.AttributeMap;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.SpanLink;

import java.time.Instant;

/** Events as messages. */
public final class EventProto {
    private EventProto() {}

    public static Event message(AuditEvent event) {
        Event.Builder message =
                Event.newBuilder()
                        .setId(event.id())
                        .setService(event.service())
                        .setInstance(event.instance())
                        .setType(event.type())
                        .setSeverity(severity(event.severity()))
                        .setOccurredAt(nanos(event.occurredAt()))
                        .setRecordedAt(nanos(event.recordedAt()))
                        .setDuration(event.duration().toNanos())
                        .setTraceId(event.traceId())
                        .setSpanId(event.spanId())
                        .setParentSpanId(event.parentSpanId())
                        .setCorrelationId(event.correlationId())
                        .setScenarioId(event.scenarioId())
                        .setCauseId(event.causeId())
                        .setMessage(event.message())
                        .setPosition(event.position());
        if (event.isAuthorTold()) {
            message.setAuthor(author(event.author()));
        }
        event.attributes().forEach((name, value) -> message.addAttributes(attribute(name, value)));
        event.links()
                .forEach(
                        link ->
                                message.addLinks(
                                        SpanLink.newBuilder()
                                                .setTraceId(link.traceId())
                                                .setSpanId(link.spanId())));
        return message.build();
    }

    static io.tradingecosystem.audit.v1.Scanned scanned(Scanned scanned) {
        var message =
                io.tradingecosystem.audit.v1.Scanned.newBuilder()
                        .setEvents(scanned.events())
                        .setEnd(end(scanned.end()));
        scanned.reached().map(EventProto::nanos).ifPresent(message::setReached);
        return message.build();
    }

    private static io.tradingecosystem.audit.v1.Scanned.End end(End end) {
        return switch (end) {
            case ALL -> io.tradingecosystem.audit.v1.Scanned.End.ALL;
            case PAGE -> io.tradingecosystem.audit.v1.Scanned.End.PAGE;
            case EVENTS -> io.tradingecosystem.audit.v1.Scanned.End.EVENTS;
            case TIME -> io.tradingecosystem.audit.v1.Scanned.End.TIME;
            case CALLER -> io.tradingecosystem.audit.v1.Scanned.End.CALLER;
        };
    }

    private static Attribute attribute(String name, AttributeValue value) {
        return Attribute.newBuilder().setName(name).setValue(value(value)).build();
    }

    private static io.tradingecosystem.audit.v1.AttributeValue value(AttributeValue value) {
        var message = io.tradingecosystem.audit.v1.AttributeValue.newBuilder();
        switch (value) {
            case AttributeValue.Empty empty -> {}
            case AttributeValue.Text text -> message.setText(text.value());
            case AttributeValue.Whole whole -> message.setWhole(whole.value());
            case AttributeValue.Real real -> message.setReal(real.value());
            case AttributeValue.Flag flag -> message.setFlag(flag.value());
            // The copy that the value gives is ours.
            case AttributeValue.Bytes bytes ->
                    message.setRaw(UnsafeByteOperations.unsafeWrap(bytes.value()));
            case AttributeValue.Sequence sequence -> {
                AttributeList.Builder list = AttributeList.newBuilder();
                sequence.values().forEach(each -> list.addValues(value(each)));
                message.setList(list);
            }
            case AttributeValue.Mapping mapping -> {
                AttributeMap.Builder map = AttributeMap.newBuilder();
                mapping.values().forEach((name, each) -> map.addValues(attribute(name, each)));
                message.setMap(map);
            }
        }
        return message.build();
    }

    private static Event.Severity severity(Severity severity) {
        return switch (severity) {
            case DEBUG -> Event.Severity.DEBUG;
            case INFO -> Event.Severity.INFO;
            case WARNING -> Event.Severity.WARNING;
            case ERROR -> Event.Severity.ERROR;
            case CRITICAL -> Event.Severity.CRITICAL;
        };
    }

    private static Event.Author author(Author author) {
        return switch (author) {
            case OWN -> Event.Author.OWN;
            case UNPROVEN -> Event.Author.UNPROVEN;
            case DOOR -> Event.Author.DOOR;
        };
    }

    private static long nanos(Instant time) {
        return Times.toEpochNanos(time);
    }
}
