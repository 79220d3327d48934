package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.event.AuditEvent;

/**
 * The bits of an event's set of fields: which are there, and how they are written. The first layout
 * has those up to {@link #UUID_CAUSE}.
 */
final class FieldBits {
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
    static final int ID_OF_SPAN = 1 << 18;
    static final int ID_OF_PARENT = 1 << 19;
    static final int ID_GOES_ON = 1 << 20;
    static final int HEX_LINKS = 1 << 21;

    private FieldBits() {}

    /** Those of an event, as it is written. */
    static int of(AuditEvent event) {
        int fields =
                flag(!event.instance().isEmpty(), INSTANCE)
                        | flag(!event.duration().isZero(), DURATION)
                        | flag(!event.traceId().isEmpty(), TRACE)
                        | flag(!event.spanId().isEmpty(), SPAN)
                        | flag(!event.parentSpanId().isEmpty(), PARENT)
                        | flag(!event.correlationId().isEmpty(), CORRELATION)
                        | flag(!event.scenarioId().isEmpty(), SCENARIO)
                        | flag(!event.causeId().isEmpty(), CAUSE)
                        | flag(!event.message().isEmpty(), MESSAGE)
                        | flag(!event.attributes().isEmpty(), ATTRIBUTES)
                        | flag(!event.links().isEmpty(), LINKS)
                        | flag(IdCodec.areHex(event.links()), HEX_LINKS)
                        | flag(Uuids.isOne(event.id()), UUID_ID)
                        | flag(isTrace(event.traceId()), HEX_TRACE)
                        | flag(isSpan(event.spanId()), HEX_SPAN)
                        | flag(isSpan(event.parentSpanId()), HEX_PARENT)
                        | flag(Uuids.isOne(event.correlationId()), UUID_CORRELATION)
                        | flag(Uuids.isOne(event.causeId()), UUID_CAUSE);
        return fields | idOfSpan(event, fields);
    }

    /** Whether the id need not be written, because it is made of others that are. */
    private static int idOfSpan(AuditEvent event, int fields) {
        if (!has(fields, HEX_TRACE)) {
            return 0;
        }
        int goesOn = flag(event.id().length() > IdCodec.OF_SPAN, ID_GOES_ON);
        if (has(fields, HEX_SPAN)
                && IdCodec.isOfSpan(event.id(), event.traceId(), event.spanId())) {
            return ID_OF_SPAN | goesOn;
        }
        return has(fields, HEX_PARENT)
                        && IdCodec.isOfSpan(event.id(), event.traceId(), event.parentSpanId())
                ? ID_OF_PARENT | goesOn
                : 0;
    }

    private static boolean isTrace(String id) {
        return Hex.isHex(id, IdCodec.TRACE_DIGITS);
    }

    private static boolean isSpan(String id) {
        return Hex.isHex(id, IdCodec.SPAN_DIGITS);
    }

    /** Whether one of the bits is set. */
    static boolean has(int fields, int bits) {
        return (fields & bits) != 0;
    }

    private static int flag(boolean is, int bit) {
        return is ? bit : 0;
    }
}
