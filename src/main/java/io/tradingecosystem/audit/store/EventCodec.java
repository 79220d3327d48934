package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.util.Arrays;

/**
 * Events as bytes. The layout, version 2:
 *
 * <pre>
 * version      1 byte: 2
 * recorded_at  8 bytes, nanoseconds since the epoch; set when the event is committed
 * fields       varint; bit n says that field n below is there, further bits how it is written
 * severity     1 byte, 0 DEBUG to 4 CRITICAL; and 8 if the author is the correlator itself, 16 if
 *              that is unproven
 *  9 names of attributes    count, then each
 * service                   text
 *  0 instance               text
 * type                      text
 *  1 duration               seconds (zigzag), nanoseconds (varint)
 *  8 message                text
 *  6 scenario_id            text
 *  9 values of attributes   each
 *  5 correlation_id         16 bytes if bit 16 is set (a UUID), else text
 *  2 trace_id               16 bytes if bit 13 is set, else text
 * occurred_at               8 bytes, nanoseconds since the epoch
 *  3 span_id                8 bytes if bit 14 is set, else text
 *  4 parent_span_id         8 bytes if bit 15 is set, else text
 * id           16 bytes if bit 12 is set (a UUID in lower case); nothing if bit 18 is set (trace_id,
 *              a dash, span_id) or 19 (the same with parent_span_id), but text of what follows it
 *              if bit 20 is set, too; else text
 *  7 cause_id               16 bytes if bit 17 is set (a UUID), else text
 * 10 links                  count, then trace_id and span_id of each: 16 and 8 bytes if bit 21 is
 *                           set, else text
 * </pre>
 *
 * <p>What events in a row have in common comes first, in the order of how many share it, and what
 * each has for itself last: so a compressor finds few, long repetitions.
 *
 * <p>Text is its length in UTF-8 (varint), then UTF-8. A value is one byte for its kind, then: 0
 * text; 1 whole number (zigzag); 2 real number, 8 bytes of IEEE 754; 3 false; 4 true; 5 bytes with
 * length; 6 list, 7 map, both with count; 8 no value. The position is the key that the bytes are
 * stored under. {@link FirstLayout} reads version 1.
 */
final class EventCodec {
    static final int RECORDED_AT = 1;
    private static final int VERSION = 2;
    private static final int CONTENT = RECORDED_AT + Long.BYTES;
    private static final int AUTHOR_BIT = 3;
    private static final int SEVERITY_MASK = (1 << AUTHOR_BIT) - 1;
    private static final String[] NO_NAMES = {};
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
        int fields = FieldBits.of(event);
        out.varint(fields);
        out.octet(number(event.severity()) | number(event.author()) << AUTHOR_BIT);
        encodeShared(event, fields, out);
        encodeFlow(event, fields, out);
        encodeId(event, fields, out);
        if (FieldBits.has(fields, FieldBits.CAUSE)) {
            IdCodec.writeUuid(out, event.causeId(), FieldBits.has(fields, FieldBits.UUID_CAUSE));
        }
        if (FieldBits.has(fields, FieldBits.LINKS)) {
            IdCodec.writeLinks(out, event.links(), FieldBits.has(fields, FieldBits.HEX_LINKS));
        }
    }

    private static void encodeShared(AuditEvent event, int fields, ByteWriter out) {
        if (FieldBits.has(fields, FieldBits.ATTRIBUTES)) {
            AttributeCodec.encodeNames(event.attributes(), out);
        }
        out.text(event.service());
        if (FieldBits.has(fields, FieldBits.INSTANCE)) {
            out.text(event.instance());
        }
        out.text(event.type());
        if (FieldBits.has(fields, FieldBits.DURATION)) {
            out.zigzag(event.duration().toSeconds());
            out.varint(event.duration().toNanosPart());
        }
        if (FieldBits.has(fields, FieldBits.MESSAGE)) {
            out.text(event.message());
        }
        if (FieldBits.has(fields, FieldBits.SCENARIO)) {
            out.text(event.scenarioId());
        }
        if (FieldBits.has(fields, FieldBits.ATTRIBUTES)) {
            AttributeCodec.encodeValues(event.attributes(), out);
        }
    }

    private static void encodeFlow(AuditEvent event, int fields, ByteWriter out) {
        if (FieldBits.has(fields, FieldBits.CORRELATION)) {
            IdCodec.writeUuid(
                    out, event.correlationId(), FieldBits.has(fields, FieldBits.UUID_CORRELATION));
        }
        if (FieldBits.has(fields, FieldBits.TRACE)) {
            IdCodec.writeHex(out, event.traceId(), FieldBits.has(fields, FieldBits.HEX_TRACE));
        }
        out.number(nanos(event));
        if (FieldBits.has(fields, FieldBits.SPAN)) {
            IdCodec.writeHex(out, event.spanId(), FieldBits.has(fields, FieldBits.HEX_SPAN));
        }
        if (FieldBits.has(fields, FieldBits.PARENT)) {
            IdCodec.writeHex(
                    out, event.parentSpanId(), FieldBits.has(fields, FieldBits.HEX_PARENT));
        }
    }

    private static void encodeId(AuditEvent event, int fields, ByteWriter out) {
        if (!FieldBits.has(fields, FieldBits.ID_OF_SPAN | FieldBits.ID_OF_PARENT)) {
            IdCodec.writeUuid(out, event.id(), FieldBits.has(fields, FieldBits.UUID_ID));
        } else if (FieldBits.has(fields, FieldBits.ID_GOES_ON)) {
            out.text(event.id().substring(IdCodec.OF_SPAN));
        }
    }

    /** Reads an event. */
    static AuditEvent decode(long position, byte[] bytes) {
        if (bytes[0] == FirstLayout.VERSION) {
            return FirstLayout.decode(position, bytes);
        }
        ByteReader in = new ByteReader(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new LogUnavailableException(
                    "the event at position " + position + " has the unknown layout " + version);
        }
        AuditEventBuilder event =
                AuditEvent.builder("", "")
                        .position(position)
                        .recordedAt(Times.ofEpochNanos(in.number()));
        int fields = (int) in.varint();
        int marks = in.octet();
        event.severity(SEVERITIES[marks & SEVERITY_MASK]).author(AUTHORS[marks >> AUTHOR_BIT]);
        decodeShared(in, fields, event);
        decodeFlow(in, fields, event);
        if (FieldBits.has(fields, FieldBits.CAUSE)) {
            event.causeId(IdCodec.uuid(in, FieldBits.has(fields, FieldBits.UUID_CAUSE)));
        }
        if (FieldBits.has(fields, FieldBits.LINKS)) {
            event.links(IdCodec.links(in, FieldBits.has(fields, FieldBits.HEX_LINKS)));
        }
        return event.build();
    }

    private static void decodeShared(ByteReader in, int fields, AuditEventBuilder event) {
        boolean hasAttributes = FieldBits.has(fields, FieldBits.ATTRIBUTES);
        String[] names = hasAttributes ? AttributeCodec.names(in) : NO_NAMES;
        event.service(in.text());
        if (FieldBits.has(fields, FieldBits.INSTANCE)) {
            event.instance(in.text());
        }
        event.type(in.text());
        if (FieldBits.has(fields, FieldBits.DURATION)) {
            event.duration(Duration.ofSeconds(in.zigzag(), in.varint()));
        }
        if (FieldBits.has(fields, FieldBits.MESSAGE)) {
            event.message(in.text());
        }
        if (FieldBits.has(fields, FieldBits.SCENARIO)) {
            event.scenarioId(in.text());
        }
        AttributeCodec.values(names, in, event::attribute);
    }

    private static void decodeFlow(ByteReader in, int fields, AuditEventBuilder event) {
        if (FieldBits.has(fields, FieldBits.CORRELATION)) {
            event.correlationId(
                    IdCodec.uuid(in, FieldBits.has(fields, FieldBits.UUID_CORRELATION)));
        }
        String trace = "";
        if (FieldBits.has(fields, FieldBits.TRACE)) {
            trace =
                    IdCodec.hex(
                            in, IdCodec.TRACE_BYTES, FieldBits.has(fields, FieldBits.HEX_TRACE));
        }
        event.traceId(trace).occurredAt(Times.ofEpochNanos(in.number()));
        String span = "";
        if (FieldBits.has(fields, FieldBits.SPAN)) {
            span = IdCodec.hex(in, IdCodec.SPAN_BYTES, FieldBits.has(fields, FieldBits.HEX_SPAN));
        }
        String parent = "";
        if (FieldBits.has(fields, FieldBits.PARENT)) {
            parent =
                    IdCodec.hex(
                            in, IdCodec.SPAN_BYTES, FieldBits.has(fields, FieldBits.HEX_PARENT));
        }
        event.spanId(span).parentSpanId(parent).id(id(in, fields, trace, span, parent));
    }

    private static String id(ByteReader in, int fields, String trace, String span, String parent) {
        if (!FieldBits.has(fields, FieldBits.ID_OF_SPAN | FieldBits.ID_OF_PARENT)) {
            return IdCodec.uuid(in, FieldBits.has(fields, FieldBits.UUID_ID));
        }
        String rest = FieldBits.has(fields, FieldBits.ID_GOES_ON) ? in.text() : "";
        return trace + '-' + (FieldBits.has(fields, FieldBits.ID_OF_SPAN) ? span : parent) + rest;
    }

    /** An event at the time of one in bytes. */
    static AuditEvent atTimeOf(byte[] other, AuditEvent event) {
        return event.at(decode(0, other).occurredAt());
    }

    /** Whether two events were reported in the same words, bytes of what the log adds aside. */
    static boolean sameContent(byte[] one, byte[] other) {
        if (one[0] == other[0]
                && Arrays.equals(one, CONTENT, one.length, other, CONTENT, other.length)) {
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
}
