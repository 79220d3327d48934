package io.tradingecosystem.audit.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Secrets that nobody guesses: 256 random bits, as 64 hexadecimal digits. */
final class RandomToken {
    private static final int BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

    private RandomToken() {}

    static String make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Whether a text has the form of one. */
    static boolean is(String text) {
        return TEXT.matcher(text).matches();
    }
}
