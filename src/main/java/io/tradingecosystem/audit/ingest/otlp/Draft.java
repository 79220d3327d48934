package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.ingest.FreeName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event in the making. Attributes are put so that none takes the place of another: the record's
 * own come first and keep their names; what is told of it gets a prefix where its name is taken.
 */
final class Draft {
    private static final String PREFIX = "otel.";

    private static final String UNKNOWN_TYPE = "unknown";
    private static final String UNKNOWN_SERVICE = "unknown_service";

    private final String id;
    private final AuditEventBuilder event;
    private final EventAliases aliases;
    private String service;
    private Map<String, AttributeValue> own = Map.of();
    private boolean typed;
    private boolean served;
    private Optional<EventProblem> problem = Optional.empty();

    Draft(String id, Origin origin, EventAliases aliases) {
        this.id = id;
        this.service = origin.service();
        this.event = AuditEvent.builder(service, "").id(id).instance(origin.instance());
        this.aliases = aliases;
    }

    /** What has no place in an attribute is set on the event itself. */
    AuditEventBuilder event() {
        return event;
    }

    /** Notes what is wrong; the first problem stays. */
    Draft refuse(Reason reason, String text) {
        if (problem.isEmpty()) {
            problem = Optional.of(new EventProblem(reason, text));
        }
        return this;
    }

    /** The record's own attributes. */
    Draft own(List<KeyValue> attributes) {
        own = AnyValues.map(attributes);
        own.forEach(
                (name, value) -> {
                    event.attribute(name, value);
                    typed |= AnyValues.isScalar(value) && aliases.meansType(name);
                    served |= AnyValues.isScalar(value) && aliases.meansService(name);
                });
        return this;
    }

    /**
     * The event's type: an attribute that is a name for it, which admission will lift, or else the
     * given name, which is kept beside such an attribute.
     */
    Draft type(String name, String keptAs) {
        if (!typed) {
            event.type(name.isEmpty() ? UNKNOWN_TYPE : name);
        } else if (!name.isEmpty()) {
            reported(keptAs, new AttributeValue.Text(name));
        }
        return this;
    }

    /** The same, or what the attributes make it by a convention; then the name is kept beside. */
    Draft type(String name, String keptAs, Optional<Convention> convention) {
        convention.flatMap(known -> known.severity(own)).ifPresent(event::severity);
        Convention.message(own).ifPresent(event::message);
        if (typed || convention.isEmpty()) {
            return type(name, keptAs);
        }
        event.type(convention.get().type());
        return name.isEmpty() ? this : reported(keptAs, new AttributeValue.Text(name));
    }

    /** The record's own attributes, as they came. */
    Map<String, AttributeValue> own() {
        return own;
    }

    /**
     * The service: the resource's, or an attribute that is a name for it, or OpenTelemetry's word
     * for one that is not known.
     */
    Draft service() {
        if (service.isEmpty() && !served) {
            service = UNKNOWN_SERVICE;
            event.service(service);
        }
        return this;
    }

    /** Attributes of the span that hold for its span events too, unless these say otherwise. */
    Draft inherited(List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            if (!event.hasAttribute(attribute.getKey())) {
                event.attribute(attribute.getKey(), AnyValues.of(attribute.getValue()));
            }
        }
        return this;
    }

    /** What the resource and the scope say. */
    Draft shared(Origin origin, EventLimits limits) {
        if (origin.shared().size() > limits.attributes()) {
            // Refused without copying them: one resource may stand over very many records.
            return refuse(
                    Reason.ATTRIBUTE_COUNT,
                    "the number of attributes of resource and scope is "
                            + origin.shared().size()
                            + ", allowed is "
                            + limits.attributes());
        }
        for (Origin.Shared attribute : origin.shared()) {
            put(attribute.prefix(), attribute.name(), attribute.value());
        }
        return this;
    }

    /** Something that OTLP tells of the record in a field of its own. */
    Draft reported(String name, AttributeValue value) {
        put(PREFIX, name, value);
        return this;
    }

    /** A text, unless it is empty. */
    Draft reported(String name, String value) {
        return value.isEmpty() ? this : reported(name, new AttributeValue.Text(value));
    }

    /** An unsigned number, unless it is 0. */
    Draft reported(String name, int value) {
        return value == 0
                ? this
                : reported(name, new AttributeValue.Whole(Integer.toUnsignedLong(value)));
    }

    /** Fields of a later version of OTLP, as they came. */
    Draft unknownFields(Message message) {
        return message.getUnknownFields().asMap().isEmpty()
                ? this
                : reported(
                        "otel.unknown_fields",
                        AttributeValue.Bytes.of(message.getUnknownFields().toByteArray()));
    }

    /** The time, in unsigned nanoseconds since the epoch; 0 is none. */
    Draft occurredAt(long nanos, String field) {
        if (nanos < 0) {
            return refuse(
                    Reason.BAD_TIME,
                    field
                            + " "
                            + Long.toUnsignedString(nanos)
                            + " does not fit 63 bits of nanoseconds since the epoch");
        }
        if (nanos > 0) {
            event.occurredAt(Times.ofEpochNanos(nanos));
        }
        return this;
    }

    /** What became of it. */
    Candidate candidate() {
        return problem.isPresent()
                ? new Candidate.Unreadable(id, service, problem.get())
                : new Candidate.Draft(event);
    }

    /** The digits of an id, or what was told in their place. */
    static String hex(ByteString bytes) {
        return BadId.text(bytes);
    }

    /** Whether bytes are an id: so many, and not all zero. */
    static boolean isId(ByteString bytes, int length) {
        if (bytes.size() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.byteAt(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private void put(String prefix, String name, AttributeValue value) {
        FreeName.put(event, prefix, name, value);
    }
}
