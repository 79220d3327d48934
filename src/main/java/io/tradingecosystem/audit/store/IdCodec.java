package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.event.SpanLink;

import java.util.ArrayList;
import java.util.List;

/**
 * Ids as bytes: half as many as digits, or fewer, where an id is nothing but digits. Whoever writes
 * one notes in which of the two forms.
 */
final class IdCodec {
    static final int TRACE_BYTES = 16;
    static final int SPAN_BYTES = 8;
    static final int TRACE_DIGITS = 2 * TRACE_BYTES;
    static final int SPAN_DIGITS = 2 * SPAN_BYTES;

    /** The length of the id that a span's event has. */
    static final int OF_SPAN = TRACE_DIGITS + 1 + SPAN_DIGITS;

    private IdCodec() {}

    /** Whether an id is that of a span's event, or goes on behind it. */
    static boolean isOfSpan(String id, String traceId, String spanId) {
        return id.length() >= OF_SPAN
                && id.charAt(TRACE_DIGITS) == '-'
                && id.startsWith(traceId)
                && id.startsWith(spanId, TRACE_DIGITS + 1);
    }

    static void writeUuid(ByteWriter out, String id, boolean binary) {
        if (binary) {
            out.number(Uuids.high(id)).number(Uuids.low(id));
        } else {
            out.text(id);
        }
    }

    static String uuid(ByteReader in, boolean binary) {
        return binary ? Uuids.text(in.number(), in.number()) : in.text();
    }

    static void writeHex(ByteWriter out, String digits, boolean binary) {
        if (binary) {
            Hex.write(digits, out);
        } else {
            out.text(digits);
        }
    }

    static String hex(ByteReader in, int bytes, boolean binary) {
        return binary ? Hex.text(in.octets(bytes)) : in.text();
    }

    /** Whether there are links, and both ids of each are hex. */
    static boolean areHex(List<SpanLink> links) {
        for (SpanLink link : links) {
            if (!Hex.isHex(link.traceId(), TRACE_DIGITS)
                    || !Hex.isHex(link.spanId(), SPAN_DIGITS)) {
                return false;
            }
        }
        return !links.isEmpty();
    }

    static void writeLinks(ByteWriter out, List<SpanLink> links, boolean binary) {
        out.count(links.size());
        for (SpanLink link : links) {
            writeHex(out, link.traceId(), binary);
            writeHex(out, link.spanId(), binary);
        }
    }

    static List<SpanLink> links(ByteReader in, boolean binary) {
        int count = in.count();
        List<SpanLink> links = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            links.add(new SpanLink(hex(in, TRACE_BYTES, binary), hex(in, SPAN_BYTES, binary)));
        }
        return links;
    }
}
