package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteWriter;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Ids that are hex digits, written in half the bytes. What is not exactly as it would be read back,
 * such as upper case, is no such id.
 */
final class HexIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final int UUID_LENGTH = 36;

    /** The value of a digit by its character; -1 for what is none. */
    private static final byte[] VALUES = values();

    private HexIds() {}

    /** Whether a text is {@code digits} lower-case hex digits and nothing else. */
    static boolean isHex(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is a UUID as RFC 9562 writes it, in lower case. */
    static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            if (isDash(i) ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the digits of a text, two to the byte, past its dashes. */
    static void put(ByteWriter out, String text) {
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-') {
                int digit = value(c);
                if (high < 0) {
                    high = digit;
                } else {
                    out.octet(high << 4 | digit);
                    high = -1;
                }
            }
        }
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String uuid(byte[] bytes) {
        String digits = HEX.formatHex(bytes);
        return digits.substring(0, 8)
                + '-'
                + digits.substring(8, 12)
                + '-'
                + digits.substring(12, 16)
                + '-'
                + digits.substring(16, 20)
                + '-'
                + digits.substring(20);
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    private static boolean isDigit(char c) {
        return value(c) >= 0;
    }

    private static int value(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte['f' + 1];
        Arrays.fill(values, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            values[Character.forDigit(digit, 16)] = (byte) digit;
        }
        return values;
    }
}
