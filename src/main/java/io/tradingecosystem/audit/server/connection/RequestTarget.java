package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.common.ByteWriter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The target of a request in one form: a path without dot segments and without a slash at its end,
 * then perhaps a query. What Helidon would take for a part of the path's structure, though it was
 * written as data, is quoted once more, so that one segment stays one: {@code %2F}, {@code %25} and
 * a semicolon. {@code PathParameters} takes that back.
 *
 * <p>Fault: Helidon 4.5.0, {@code UriPath}, decodes {@code %2F} before it looks for a route, and
 * takes what follows a semicolon off. Shown by: {@code
 * HelidonFaultsTest.shouldTakeAQuotedSlashForTheEndOfASegment}. Held by: {@code RequestTargetTest}.
 * Look again: Helidon 4.6.
 */
final class RequestTarget {
    private final byte[] bytes;
    private final int to;
    private final ByteWriter out;
    private boolean beyondAscii;

    private RequestTarget(byte[] bytes, int to, ByteWriter out) {
        this.bytes = bytes;
        this.to = to;
        this.out = out;
    }

    /** Writes the normal form of a target that begins with a slash. */
    static void write(byte[] bytes, int from, int to, ByteWriter out) {
        new RequestTarget(bytes, to, out).write(from);
    }

    private void write(int from) {
        int query = Octets.find(bytes, from, to, '?');
        path(from, query > from + 1 && bytes[query - 1] == '/' ? query - 1 : query);
        if (query < to) {
            out.octet('?');
            query(query + 1);
        }
        if (beyondAscii) {
            text(from, query);
            text(query, to);
        }
    }

    private void path(int from, int end) {
        int segment = from;
        for (int i = from; i < end; i++) {
            byte octet = bytes[i];
            if (octet == '/') {
                undotted(segment, i);
                segment = i + 1;
            }
            if (octet == '%') {
                int value = quoted(i);
                if (value < 0x20 || value == 0x7f) {
                    throw Refused.malformed("The path has a control character.");
                }
                out.octet('%');
                if (value == '/' || value == '%') {
                    out.octet('2').octet('5');
                }
            } else {
                plain(octet, Octets.PATH, "path");
            }
        }
        undotted(segment, end);
    }

    private void query(int from) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '%') {
                quoted(i);
                out.octet('%');
            } else {
                plain(bytes[i], Octets.QUERY, "query");
            }
        }
    }

    private void plain(byte octet, byte kind, String part) {
        if (Octets.is(octet, kind)) {
            out.octet(octet);
        } else if (Octets.is(octet, Octets.QUOTED)) {
            out.octet('%').octet(hex(octet >> 4)).octet(hex(octet));
        } else {
            throw Refused.malformed("The " + part + " has a character that must be quoted.");
        }
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }

    /** The octet that a percent sign quotes. */
    private int quoted(int at) {
        int value =
                at + 2 < to ? (Octets.digit(bytes[at + 1]) << 4) | Octets.digit(bytes[at + 2]) : -1;
        if (value < 0) {
            throw Refused.malformed("A percent sign is not followed by two hexadecimal digits.");
        }
        beyondAscii |= value >= 0x80;
        return value;
    }

    /** Who decides by the path who may pass must not be led around. */
    private void undotted(int from, int end) {
        int dots = 0;
        int i = from;
        while (i < end) {
            boolean quoted = bytes[i] == '%';
            if (quoted ? quoted(i) != '.' : bytes[i] != '.') {
                return;
            }
            dots++;
            i += quoted ? 3 : 1;
        }
        if (dots == 1 || dots == 2) {
            throw Refused.malformed("The path has a segment of dots.");
        }
    }

    /** What is quoted must be UTF-8. */
    private void text(int from, int end) {
        ByteWriter octets = new ByteWriter(end - from);
        int i = from;
        while (i < end) {
            boolean quoted = bytes[i] == '%';
            octets.octet(quoted ? quoted(i) : bytes[i]);
            i += quoted ? 3 : 1;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.array(), 0, octets.size()));
        } catch (CharacterCodingException e) {
            throw Refused.malformed("What is quoted in the path or query is not UTF-8.");
        }
    }
}
