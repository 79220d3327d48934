package io.tradingecosystem.audit.common;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, also over texts, each preceded by its length so that no two lists of texts look the
 * same.
 */
public final class Digest {
    private static final int EXPECTED = 64;

    private Digest() {}

    /** The digest, 32 bytes. */
    public static byte[] of(String... texts) {
        ByteWriter all = new ByteWriter(EXPECTED);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            all.number32(bytes.length).octets(bytes);
        }
        MessageDigest digest = sha256();
        digest.update(all.array(), 0, all.size());
        return digest.digest();
    }

    /** The first {@code digits} hex digits. */
    public static String hex(int digits, String... texts) {
        return Hex.text(of(texts)).substring(0, digits);
    }

    /** A new SHA-256, for whoever has bytes. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
