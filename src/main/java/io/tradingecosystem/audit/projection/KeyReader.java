package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.event.Times;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads the parts of a key, one behind the other, as {@link KeyBuilder} wrote them. */
public final class KeyReader {
    private final ByteBuffer key;

    private KeyReader(byte[] key, int from) {
        this.key = ByteBuffer.wrap(key);
        this.key.position(from);
    }

    /** Reads from behind the table's letter on. */
    public static KeyReader of(byte[] key) {
        return new KeyReader(key, 1);
    }

    /** Reads from the first byte on, where what a key begins with is left out. */
    public static KeyReader behindPrefix(byte[] rest) {
        return new KeyReader(rest, 0);
    }

    /** Reads the last numbers or times of a key, whatever stands before them. */
    public static KeyReader last(byte[] key, int numbers) {
        return new KeyReader(key, key.length - numbers * Long.BYTES);
    }

    /** Passes over bytes. */
    public KeyReader skip(int octets) {
        key.position(key.position() + octets);
        return this;
    }

    public long number() {
        return key.getLong();
    }

    public long descending() {
        return ~number();
    }

    /** Nanoseconds since the epoch. */
    public long nanos() {
        return number() ^ Long.MIN_VALUE;
    }

    public Instant time() {
        return Times.ofEpochNanos(nanos());
    }

    /** Nanoseconds since the epoch of a time that stands with the latest first. */
    public long latestFirst() {
        return descending() ^ Long.MIN_VALUE;
    }

    /** So many bytes. */
    public byte[] octets(int length) {
        byte[] octets = new byte[length];
        key.get(octets);
        return octets;
    }

    /** What is left, as text. */
    public String text() {
        return new String(key.array(), key.position(), key.remaining(), StandardCharsets.UTF_8);
    }
}
