package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Builds the keys of a projection, part by part, so that their order as unsigned bytes is the order
 * that is meant. The first byte names the table. Numbers are big-endian; times are in nanoseconds
 * since the epoch, moved so that those before 1970 sort first; what is to be read backwards stands
 * as its complement. {@link KeyReader} reads them. For one thread.
 */
public final class KeyBuilder {
    private static final int EXPECTED = 32;

    private final ByteWriter key = new ByteWriter(EXPECTED);

    private KeyBuilder() {}

    /** A key of a table. */
    public static KeyBuilder of(char table) {
        KeyBuilder builder = new KeyBuilder();
        builder.key.octet(table);
        return builder;
    }

    /** A key that goes on behind a prefix. */
    public static KeyBuilder behind(byte[] prefix) {
        return new KeyBuilder().octets(prefix);
    }

    /** The prefix of every key of a table. */
    public static byte[] table(char name) {
        return new byte[] {(byte) name};
    }

    /** The first key behind another. */
    public static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** A number from 0, the smallest first. */
    public KeyBuilder number(long number) {
        key.number(number);
        return this;
    }

    /** A number from 0, the largest first. */
    public KeyBuilder descending(long number) {
        return number(~number);
    }

    /** A number from 0 of four bytes, the smallest first. */
    public KeyBuilder whole(int number) {
        key.number32(number);
        return this;
    }

    /** A time in nanoseconds since the epoch, the earliest first. */
    public KeyBuilder time(long nanos) {
        return number(nanos ^ Long.MIN_VALUE);
    }

    /** A time, the earliest first. */
    public KeyBuilder time(Instant time) {
        return time(Times.toEpochNanos(time));
    }

    /** A time in nanoseconds since the epoch, the latest first. */
    public KeyBuilder latestFirst(long nanos) {
        return descending(nanos ^ Long.MIN_VALUE);
    }

    /** A time, the latest first. */
    public KeyBuilder latestFirst(Instant time) {
        return latestFirst(Times.toEpochNanos(time));
    }

    /** A text as UTF-8, without its length: something of known length may follow, or nothing. */
    public KeyBuilder text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes as they are. */
    public KeyBuilder octets(byte[] octets) {
        key.octets(octets);
        return this;
    }

    /** The key. */
    public byte[] bytes() {
        return key.bytes();
    }
}
