package io.tradingecosystem.audit.common;

/**
 * Which bytes are UTF-8 (RFC 3629, section 4), for those whose parser takes more than that: Jackson
 * reads overlong forms. To decode them for the answer would cost more than to parse them.
 */
public final class Utf8 {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Whether bytes are UTF-8. */
    public static boolean isValid(byte[] bytes, int from, int length) {
        int at = from;
        int to = from + length;
        while (at < to) {
            if (to - at >= Long.BYTES && (BigEndian.longAt(bytes, at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
            } else {
                int size = size(bytes[at] & 0xff);
                if (size == 0 || size > to - at || !isCharacter(bytes, at, size)) {
                    return false;
                }
                at += size;
            }
        }
        return true;
    }

    /** How many bytes a character has, by its first; 0 if none begins so. */
    private static int size(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    private static boolean isCharacter(byte[] bytes, int at, int size) {
        for (int i = 1; i < size; i++) {
            if (!follows(bytes[at] & 0xff, i, bytes[at + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** The second byte is bounded where others would be overlong, surrogates or past Unicode. */
    private static boolean follows(int first, int index, int octet) {
        int min = index > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int max = index > 1 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return octet >= min && octet <= max;
    }
}
