package io.tradingecosystem.audit.common;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Which bytes are UTF-8 (RFC 3629, section 4), where a parser reads more than that: Jackson takes
 * overlong forms and surrogates. What is none is given on as half a surrogate pair in three bytes,
 * which such a parser makes the character of {@link UnicodeText} that stands for it.
 */
public final class Utf8 {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Whether bytes are UTF-8. */
    public static boolean isValid(byte[] bytes, int from, int length) {
        return valid(bytes, from, from + length) == from + length;
    }

    /** The bytes, with half a surrogate pair in place of what is not UTF-8. */
    public static byte[] marked(byte[] bytes, int from, int length) {
        try (Utf8Stream marked = new Utf8Stream(new ByteArrayInputStream(bytes, from, length))) {
            return marked.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to where bytes are complete characters. */
    static int valid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at >= Long.BYTES && (BigEndian.longAt(bytes, at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
            } else {
                int length = bytes[at] >= 0 ? 1 : character(bytes, at, to);
                if (length <= 0) {
                    return at;
                }
                at += length;
            }
        }
        return to;
    }

    /**
     * How many bytes a character takes; 0 if its last ones are not here; negative if these bytes
     * are none, so many of which are the start of one.
     */
    static int character(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        int length = length(first);
        if (length <= 1) {
            return length;
        }
        for (int i = 1; i < length; i++) {
            if (at + i == to) {
                return 0;
            }
            if (!follows(first, i, bytes[at + i] & 0xff)) {
                return -i;
            }
        }
        return length;
    }

    private static int length(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return -1;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /** The second byte is bounded where others would be overlong, surrogates or past Unicode. */
    private static boolean follows(int first, int index, int octet) {
        int min = index > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int max = index > 1 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return octet >= min && octet <= max;
    }
}
