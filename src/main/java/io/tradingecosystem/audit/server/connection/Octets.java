package io.tradingecosystem.audit.server.connection;

/**
 * Which octets may stand where in a head (RFC 9110, 5.5 and 5.6.2; RFC 3986, 3.3 and 3.4).
 *
 * <p>Fault: that of {@link RequestReader}.
 */
final class Octets {
    /** Of a method or the name of a field. */
    static final byte TOKEN = 1;

    /** Of the value of a field. */
    static final byte VALUE = 2;

    /** Of a path. */
    static final byte PATH = 4;

    /** Of a query. */
    static final byte QUERY = 8;

    /** Not of a path or query, but browsers send it there as it is. */
    static final byte QUOTED = 16;

    /** Of a length. */
    static final byte DIGIT = 32;

    private static final byte[] KINDS = new byte[256];

    static {
        for (int octet = 0x21; octet < 0x7f; octet++) {
            KINDS[octet] |= VALUE;
        }
        for (int octet = 0x80; octet < 0x100; octet++) {
            KINDS[octet] |= VALUE;
        }
        mark("\t ", VALUE);
        mark("0123456789", DIGIT);
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        mark(letters + "!#$%&'*+-.^_`|~", TOKEN);
        mark(letters + "-._~!$&'()*+,=:@/", (byte) (PATH | QUERY));
        mark(";?", QUERY);
        mark(";[]|{}^`\"<>\\", QUOTED);
    }

    private Octets() {}

    private static void mark(String octets, byte kind) {
        octets.chars().forEach(octet -> KINDS[octet] |= kind);
    }

    static boolean is(byte octet, byte kind) {
        return (KINDS[octet & 0xff] & kind) != 0;
    }

    /** Whether all are of a kind. */
    static boolean all(byte[] bytes, int from, int to, byte kind) {
        for (int i = from; i < to; i++) {
            if (!is(bytes[i], kind)) {
                return false;
            }
        }
        return true;
    }

    /** Where an octet is first, or {@code to}. */
    static int find(byte[] bytes, int from, int to, char octet) {
        int at = from;
        while (at < to && bytes[at] != octet) {
            at++;
        }
        return at;
    }

    /** Whether a text is here, in letters of any case; the text is in small ones. */
    static boolean spells(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int octet = bytes[from + i];
            int small = octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
            if (small != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int digit(byte octet) {
        return octet < 0 ? -1 : Character.digit((char) octet, 16);
    }

    /** Where the colon of a field is that is one. */
    static int field(byte[] bytes, int from, int to) {
        int colon = find(bytes, from, to, ':');
        if (colon == to || colon == from || !all(bytes, from, colon, TOKEN)) {
            throw Refused.malformed("A line of the head is not the name of a field and a colon.");
        }
        if (!all(bytes, colon + 1, to, VALUE)) {
            throw Refused.malformed("The value of a field has a control character.");
        }
        return colon;
    }
}
