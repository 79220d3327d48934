package io.tradingecosystem.audit.common;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Hex digits in half as many bytes. What is not exactly as it would be read back, such as upper
 * case, is no hex here; {@link HexFormat} reads that too, and throws where the answer is no.
 */
public final class Hex {
    private static final int DIGITS_OF_A_NUMBER = 2 * Long.BYTES;
    private static final HexFormat FORMAT = HexFormat.of();

    /** The value of a digit by its character; -1 for what is none. */
    private static final byte[] VALUES = values();

    private Hex() {}

    /** Whether a text is {@code digits} lower-case hex digits and nothing else. */
    public static boolean isHex(String text, int digits) {
        return text.length() == digits && isHex(text, 0, digits);
    }

    /** Whether a part of a text is lower-case hex digits and nothing else. */
    public static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Writes an even number of digits, two to the byte. */
    public static void write(String digits, ByteWriter out) {
        write(digits, 0, digits.length(), out);
    }

    /** Writes an even number of digits of a text, two to the byte. */
    public static void write(String text, int from, int to, ByteWriter out) {
        int at = from;
        while (to - at >= DIGITS_OF_A_NUMBER) {
            out.number(number(text, at, at + DIGITS_OF_A_NUMBER));
            at += DIGITS_OF_A_NUMBER;
        }
        while (at < to) {
            out.octet((int) number(text, at, at + 2));
            at += 2;
        }
    }

    /** The digits of bytes. */
    public static String text(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    static boolean isDigit(char c) {
        return value(c) >= 0;
    }

    /** The number that some digits of a text are. */
    static long number(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 4 | value(text.charAt(i));
        }
        return number;
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
