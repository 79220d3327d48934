package io.tradingecosystem.audit.common;

import java.util.HexFormat;
import java.util.UUID;

/** UUIDs in lower case, as two numbers instead of a text of 36 characters. */
public final class Uuids {
    private static final int LENGTH = 36;

    private Uuids() {}

    /** Whether a text is exactly what {@link #text} gives. */
    public static boolean isOne(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    public static long high(String uuid) {
        return number(uuid, 0, 8) << 32 | number(uuid, 9, 13) << 16 | number(uuid, 14, 18);
    }

    public static long low(String uuid) {
        return number(uuid, 19, 23) << 48 | number(uuid, 24, LENGTH);
    }

    public static String text(long high, long low) {
        return new UUID(high, low).toString();
    }

    private static long number(String uuid, int from, int to) {
        return HexFormat.fromHexDigitsToLong(uuid, from, to);
    }
}
