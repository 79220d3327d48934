package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events as bytes. The layout, version 2:
 *
 * <pre>
 * version      1 byte: 2
 * recorded_at  8 bytes, nanoseconds since the epoch; set when the event is committed
 * occurred_at  8 bytes, nanoseconds since the epoch
 * fields       varint; bit n says that field n below is there, further bits how it is written
 * severity     1 byte, 0 DEBUG to 4 CRITICAL; and 8 if the author is the correlator itself, 16 if
 *              that is unproven
 * id           16 bytes if bit 12 is set (a UUID in lower case), else text
 * service, type             text
 *  0 instance               text
 *  1 duration              seconds (zigzag), nanoseconds (varint)
 *  2 trace_id               16 bytes if bit 13 is set, else text
 *  3 span_id                8 bytes if bit 14 is set, else text
 *  4 parent_span_id         8 bytes if bit 15 is set, else text
 *  5 correlation_id         16 bytes if bit 16 is set (a UUID), else text
 *  6 scenario_id            text
 *  7 cause_id               16 bytes if bit 17 is set (a UUID), else text
 *  8 message                text
 *  9 attributes             count, then name and value of each
 * 10 links                  count, then trace_id and span_id of each, text
 * </pre>
 *
 * <p>Text is its length in UTF-8 (varint), then UTF-8. A value is one byte for its kind, then: 0
 * text; 1 whole number (zigzag); 2 real number, 8 bytes of IEEE 754; 3 false; 4 true; 5 bytes with
 * length; 6 list, 7 map, both with count; 8 no value. The position is the key that the bytes are
 * stored under.
 *
 * <p>Version 1 has no author, else it is the same: an event is taken for the correlator's own if
 * its type is one of those, as its writer took it; see {@link Author#presumed}.
 */
final class EventCodec {
    private static final int VERSION = 2;
    private static final int WITHOUT_AUTHOR = 1;
    private static final int AUTHOR_BIT = 3;
    private static final int SEVERITY_MASK = (1 << AUTHOR_BIT) - 1;
    static final int RECORDED_AT = 1;
    private static final int OCCURRED_AT = RECORDED_AT + Long.BYTES;
    private static final int CONTENT = OCCURRED_AT;
    private static final Severity[] SEVERITIES = {
        Severity.DEBUG, Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.CRITICAL
    };

    private static final Author[] AUTHORS = {Author.DOOR, Author.OWN, Author.UNPROVEN};

    private EventCodec() {}

    /**
     * Writes an event; recorded_at stays 0.
     *
     * @throws IllegalArgumentException if occurred_at does not fit 64 bits of nanoseconds
     */
    static void encode(AuditEvent event, ByteWriter out) {
        out.octet(VERSION);
        out.number(0);
        out.number(nanos(event));
        int fields = fields(event);
        out.varint(fields);
        out.octet(number(event.severity()) | number(event.author()) << AUTHOR_BIT);
        id(out, event.id(), (fields & Field.UUID_ID) != 0);
        out.text(event.service());
        out.text(event.type());
        if ((fields & Field.INSTANCE) != 0) {
            out.text(event.instance());
        }
        if ((fields & Field.DURATION) != 0) {
            out.zigzag(event.duration().toSeconds());
            out.varint(event.duration().toNanosPart());
        }
        if ((fields & Field.TRACE) != 0) {
            hex(out, event.traceId(), (fields & Field.HEX_TRACE) != 0);
        }
        if ((fields & Field.SPAN) != 0) {
            hex(out, event.spanId(), (fields & Field.HEX_SPAN) != 0);
        }
        if ((fields & Field.PARENT) != 0) {
            hex(out, event.parentSpanId(), (fields & Field.HEX_PARENT) != 0);
        }
        if ((fields & Field.CORRELATION) != 0) {
            id(out, event.correlationId(), (fields & Field.UUID_CORRELATION) != 0);
        }
        if ((fields & Field.SCENARIO) != 0) {
            out.text(event.scenarioId());
        }
        if ((fields & Field.CAUSE) != 0) {
            id(out, event.causeId(), (fields & Field.UUID_CAUSE) != 0);
        }
        if ((fields & Field.MESSAGE) != 0) {
            out.text(event.message());
        }
        if ((fields & Field.ATTRIBUTES) != 0) {
            AttributeCodec.encode(event.attributes(), out);
        }
        if ((fields & Field.LINKS) != 0) {
            out.count(event.links().size());
            for (SpanLink link : event.links()) {
                out.text(link.traceId());
                out.text(link.spanId());
            }
        }
    }

    /** Reads an event. */
    static AuditEvent decode(long position, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.octet();
        if (version != VERSION && version != WITHOUT_AUTHOR) {
            throw new LogUnavailableException(
                    "the event at position " + position + " has the unknown layout " + version);
        }
        Instant recordedAt = Times.ofEpochNanos(in.number());
        Instant occurredAt = Times.ofEpochNanos(in.number());
        int fields = (int) in.varint();
        int marks = in.octet();
        String id = id(in, (fields & Field.UUID_ID) != 0);
        String service = in.text();
        String type = in.text();
        AuditEventBuilder event =
                AuditEvent.builder(service, type)
                        .id(id)
                        .severity(SEVERITIES[marks & SEVERITY_MASK])
                        .author(
                                version == WITHOUT_AUTHOR
                                        ? Author.presumed(type)
                                        : AUTHORS[marks >> AUTHOR_BIT])
                        .occurredAt(occurredAt)
                        .recordedAt(recordedAt)
                        .position(position);
        if ((fields & Field.INSTANCE) != 0) {
            event.instance(in.text());
        }
        if ((fields & Field.DURATION) != 0) {
            event.duration(Duration.ofSeconds(in.zigzag(), in.varint()));
        }
        if ((fields & Field.TRACE) != 0) {
            event.traceId(hex(in, 16, (fields & Field.HEX_TRACE) != 0));
        }
        if ((fields & Field.SPAN) != 0) {
            event.spanId(hex(in, 8, (fields & Field.HEX_SPAN) != 0));
        }
        if ((fields & Field.PARENT) != 0) {
            event.parentSpanId(hex(in, 8, (fields & Field.HEX_PARENT) != 0));
        }
        if ((fields & Field.CORRELATION) != 0) {
            event.correlationId(id(in, (fields & Field.UUID_CORRELATION) != 0));
        }
        if ((fields & Field.SCENARIO) != 0) {
            event.scenarioId(in.text());
        }
        if ((fields & Field.CAUSE) != 0) {
            event.causeId(id(in, (fields & Field.UUID_CAUSE) != 0));
        }
        if ((fields & Field.MESSAGE) != 0) {
            event.message(in.text());
        }
        if ((fields & Field.ATTRIBUTES) != 0) {
            AttributeCodec.decode(in, event::attribute);
        }
        if ((fields & Field.LINKS) != 0) {
            event.links(links(in));
        }
        return event.build();
    }

    /** An event at the time of one in bytes. */
    static AuditEvent atTimeOf(byte[] other, AuditEvent event) {
        return event.at(Times.ofEpochNanos(BigEndian.longAt(other, OCCURRED_AT)));
    }

    /** Whether two events were reported in the same words, bytes of what the log adds aside. */
    static boolean sameContent(byte[] one, byte[] other) {
        if (Arrays.equals(one, CONTENT, one.length, other, CONTENT, other.length)) {
            return true;
        }
        // Attributes in another order are the same attributes, in whichever layout.
        return decode(0, one).saysTheSameAs(decode(0, other));
    }

    static long nanos(AuditEvent event) {
        try {
            return Times.toEpochNanos(event.occurredAt());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "occurred_at "
                            + event.occurredAt()
                            + " of event "
                            + event.id()
                            + " does not fit 64 bits of nanoseconds",
                    e);
        }
    }

    private static int fields(AuditEvent event) {
        return flag(!event.instance().isEmpty(), Field.INSTANCE)
                | flag(!event.duration().isZero(), Field.DURATION)
                | flag(!event.traceId().isEmpty(), Field.TRACE)
                | flag(!event.spanId().isEmpty(), Field.SPAN)
                | flag(!event.parentSpanId().isEmpty(), Field.PARENT)
                | flag(!event.correlationId().isEmpty(), Field.CORRELATION)
                | flag(!event.scenarioId().isEmpty(), Field.SCENARIO)
                | flag(!event.causeId().isEmpty(), Field.CAUSE)
                | flag(!event.message().isEmpty(), Field.MESSAGE)
                | flag(!event.attributes().isEmpty(), Field.ATTRIBUTES)
                | flag(!event.links().isEmpty(), Field.LINKS)
                | flag(Uuids.isOne(event.id()), Field.UUID_ID)
                | flag(Hex.isHex(event.traceId(), 32), Field.HEX_TRACE)
                | flag(Hex.isHex(event.spanId(), 16), Field.HEX_SPAN)
                | flag(Hex.isHex(event.parentSpanId(), 16), Field.HEX_PARENT)
                | flag(Uuids.isOne(event.correlationId()), Field.UUID_CORRELATION)
                | flag(Uuids.isOne(event.causeId()), Field.UUID_CAUSE);
    }

    private static int number(Severity severity) {
        return switch (severity) {
            case DEBUG -> 0;
            case INFO -> 1;
            case WARNING -> 2;
            case ERROR -> 3;
            case CRITICAL -> 4;
        };
    }

    private static int number(Author author) {
        return switch (author) {
            case DOOR -> 0;
            case OWN -> 1;
            case UNPROVEN -> 2;
        };
    }

    private static int flag(boolean is, int bit) {
        return is ? bit : 0;
    }

    private static void id(ByteWriter out, String id, boolean binary) {
        if (binary) {
            out.number(Uuids.high(id)).number(Uuids.low(id));
        } else {
            out.text(id);
        }
    }

    private static void hex(ByteWriter out, String digits, boolean binary) {
        if (binary) {
            Hex.write(digits, out);
        } else {
            out.text(digits);
        }
    }

    private static String id(ByteReader in, boolean binary) {
        return binary ? Uuids.text(in.number(), in.number()) : in.text();
    }

    private static String hex(ByteReader in, int bytes, boolean binary) {
        return binary ? Hex.text(in.octets(bytes)) : in.text();
    }

    private static List<SpanLink> links(ByteReader in) {
        int count = in.count();
        List<SpanLink> links = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            links.add(new SpanLink(in.text(), in.text()));
        }
        return links;
    }

    /** Bits of the field set. */
    private static final class Field {
        static final int INSTANCE = 1;
        static final int DURATION = 1 << 1;
        static final int TRACE = 1 << 2;
        static final int SPAN = 1 << 3;
        static final int PARENT = 1 << 4;
        static final int CORRELATION = 1 << 5;
        static final int SCENARIO = 1 << 6;
        static final int CAUSE = 1 << 7;
        static final int MESSAGE = 1 << 8;
        static final int ATTRIBUTES = 1 << 9;
        static final int LINKS = 1 << 10;
        static final int UUID_ID = 1 << 12;
        static final int HEX_TRACE = 1 << 13;
        static final int HEX_SPAN = 1 << 14;
        static final int HEX_PARENT = 1 << 15;
        static final int UUID_CORRELATION = 1 << 16;
        static final int UUID_CAUSE = 1 << 17;
    }
}
