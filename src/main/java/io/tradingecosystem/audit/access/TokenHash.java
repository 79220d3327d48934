package io.tradingecosystem.audit.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a token. A token has 128 random bits at least, so that nobody finds it from its
 * hash and no slow hash is needed. Compared in constant time. Immutable.
 */
final class TokenHash {
    private static final Pattern TEXT = Pattern.compile("sha256:[0-9a-fA-F]{64}");
    private static final int PREFIX = 16;

    private final byte[] bytes;

    private TokenHash(byte[] bytes) {
        this.bytes = bytes;
    }

    static TokenHash of(String token) {
        try {
            return new TokenHash(
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Reads {@code sha256:} and 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static TokenHash parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("sha256: and 64 hexadecimal digits are expected");
        }
        return new TokenHash(HexFormat.of().parseHex(text.substring(text.indexOf(':') + 1)));
    }

    /** Whether both are of the same token; takes the same time whatever they are. */
    boolean matches(TokenHash other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** All of it, as hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    /** By which attempts with the same token are counted, and from which nobody gets the token. */
    String prefix() {
        return toString().substring(0, PREFIX);
    }
}
