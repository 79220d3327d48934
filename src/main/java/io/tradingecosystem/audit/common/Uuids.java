package io.tradingecosystem.audit.common;

import java.util.UUID;

/**
 * UUIDs in lower case (RFC 9562), as two numbers instead of a text of 36 characters. {@link
 * UUID#fromString} makes an object, reads upper case and missing digits too, and throws where the
 * answer is no.
 */
public final class Uuids {
    private static final int LENGTH = 36;
    private static final long VERSION = 0xF000L;
    private static final long VARIANT = 0x8000000000000000L;

    private Uuids() {}

    /** Whether a text is exactly what {@link #text} gives. */
    public static boolean isOne(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !Hex.isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    public static long high(String uuid) {
        return Hex.number(uuid, 0, 8) << 32
                | Hex.number(uuid, 9, 13) << 16
                | Hex.number(uuid, 14, 18);
    }

    public static long low(String uuid) {
        return Hex.number(uuid, 19, 23) << 48 | Hex.number(uuid, 24, LENGTH);
    }

    public static String text(long high, long low) {
        return new UUID(high, low).toString();
    }

    /**
     * A UUID of a version that leaves its content to whoever makes one, such as 7 and 8.
     *
     * @param high all but the four bits of the version
     * @param low the upper 62 bits are used
     */
    public static UUID of(int version, long high, long low) {
        return new UUID((high & ~VERSION) | (long) version << 12, (low >>> 2) | VARIANT);
    }
}
