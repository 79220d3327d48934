package io.tradingecosystem.audit.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote, front to back. Whoever reads past the end gets an {@link
 * IndexOutOfBoundsException}. For one thread.
 */
public final class ByteReader {
    private final byte[] array;
    private int at;

    public ByteReader(byte[] array) {
        this(array, 0);
    }

    /** Reads from a place on. */
    public ByteReader(byte[] array, int from) {
        this.array = array;
        this.at = from;
    }

    public boolean hasMore() {
        return at < array.length;
    }

    /** A byte, from 0 to 255. */
    public int octet() {
        return array[at++] & 0xff;
    }

    public byte[] octets(int length) {
        byte[] part = Arrays.copyOfRange(array, at, at + length);
        at += length;
        return part;
    }

    /** Passes over bytes. */
    public void skip(int length) {
        at += length;
    }

    /** All that is left. */
    public byte[] rest() {
        return octets(array.length - at);
    }

    public long number() {
        long value = BigEndian.longAt(array, at);
        at += Long.BYTES;
        return value;
    }

    public double real() {
        return Double.longBitsToDouble(number());
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = array[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public int count() {
        return (int) varint();
    }

    public String text() {
        int length = count();
        String text = new String(array, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
