package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.time.Instant;

/**
 * Events as the logs of format 1 have them:
 *
 * <pre>
 * version      1 byte: 1
 * recorded_at  8 bytes, nanoseconds since the epoch
 * occurred_at  8 bytes, nanoseconds since the epoch
 * fields       varint; bit n says that field n below is there, further bits how it is written
 * severity     1 byte, 0 DEBUG to 4 CRITICAL
 * id           16 bytes if bit 12 is set (a UUID in lower case), else text
 * service, type             text
 *  0 instance               text
 *  1 duration               seconds (zigzag), nanoseconds (varint)
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
 * <p>It has no author: an event is taken for the correlator's own if its type is one of those, as
 * its writer took it; see {@link Author#presumed}. Texts and values are as {@link EventCodec} has
 * them.
 */
final class FirstLayout {
    static final int VERSION = 1;

    private static final Severity[] SEVERITIES = {
        Severity.DEBUG, Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.CRITICAL
    };

    private FirstLayout() {}

    /**
     * Reads an event.
     *
     * @param bytes whose version is 1
     */
    static AuditEvent decode(long position, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.skip(1);
        Instant recordedAt = Times.ofEpochNanos(in.number());
        Instant occurredAt = Times.ofEpochNanos(in.number());
        int fields = (int) in.varint();
        Severity severity = SEVERITIES[in.octet()];
        String id = IdCodec.uuid(in, (fields & FieldBits.UUID_ID) != 0);
        String service = in.text();
        String type = in.text();
        AuditEventBuilder event =
                AuditEvent.builder(service, type)
                        .id(id)
                        .severity(severity)
                        .author(Author.presumed(type))
                        .occurredAt(occurredAt)
                        .recordedAt(recordedAt)
                        .position(position);
        if ((fields & FieldBits.INSTANCE) != 0) {
            event.instance(in.text());
        }
        if ((fields & FieldBits.DURATION) != 0) {
            event.duration(Duration.ofSeconds(in.zigzag(), in.varint()));
        }
        if ((fields & FieldBits.TRACE) != 0) {
            event.traceId(IdCodec.hex(in, 16, (fields & FieldBits.HEX_TRACE) != 0));
        }
        if ((fields & FieldBits.SPAN) != 0) {
            event.spanId(IdCodec.hex(in, 8, (fields & FieldBits.HEX_SPAN) != 0));
        }
        if ((fields & FieldBits.PARENT) != 0) {
            event.parentSpanId(IdCodec.hex(in, 8, (fields & FieldBits.HEX_PARENT) != 0));
        }
        if ((fields & FieldBits.CORRELATION) != 0) {
            event.correlationId(IdCodec.uuid(in, (fields & FieldBits.UUID_CORRELATION) != 0));
        }
        if ((fields & FieldBits.SCENARIO) != 0) {
            event.scenarioId(in.text());
        }
        if ((fields & FieldBits.CAUSE) != 0) {
            event.causeId(IdCodec.uuid(in, (fields & FieldBits.UUID_CAUSE) != 0));
        }
        if ((fields & FieldBits.MESSAGE) != 0) {
            event.message(in.text());
        }
        if ((fields & FieldBits.ATTRIBUTES) != 0) {
            AttributeCodec.pairs(in, event::attribute);
        }
        if ((fields & FieldBits.LINKS) != 0) {
            event.links(IdCodec.links(in, false));
        }
        return event.build();
    }
}
