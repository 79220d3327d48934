package io.tradingecosystem.audit.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the parts of a record one behind the other into an array that grows. Numbers are {@link
 * BigEndian}; varints are LEB128, as in protobuf. A {@code ByteBuffer} does not grow, and a {@code
 * DataOutputStream} locks with each byte. For one thread.
 */
public final class ByteWriter {
    private static final int MAX_VARINT = 10;

    private byte[] array;
    private int size;

    public ByteWriter(int expected) {
        this.array = new byte[expected];
    }

    public int size() {
        return size;
    }

    /** The array behind this; what lies past {@link #size} means nothing. */
    public byte[] array() {
        return array;
    }

    /** A copy of what was written. */
    public byte[] bytes() {
        return Arrays.copyOf(array, size);
    }

    /** Starts over, in the same array. */
    public void clear() {
        size = 0;
    }

    public ByteWriter octet(int value) {
        require(1);
        array[size++] = (byte) value;
        return this;
    }

    public ByteWriter octets(byte[] value) {
        return octets(value, 0, value.length);
    }

    public ByteWriter octets(byte[] value, int from, int length) {
        require(length);
        System.arraycopy(value, from, array, size, length);
        size += length;
        return this;
    }

    /** A number in 4 bytes. */
    public ByteWriter number32(int value) {
        require(Integer.BYTES);
        BigEndian.setInt(array, size, value);
        size += Integer.BYTES;
        return this;
    }

    /** A number in 8 bytes. */
    public ByteWriter number(long value) {
        require(Long.BYTES);
        BigEndian.setLong(array, size, value);
        size += Long.BYTES;
        return this;
    }

    /** A real number in 8 bytes of IEEE 754. */
    public ByteWriter real(double value) {
        return number(Double.doubleToRawLongBits(value));
    }

    /** A number in as few bytes as it needs from 0 on, seven bits each; in ten if negative. */
    public ByteWriter varint(long value) {
        if (value >= 0 && value <= 0x7f) {
            return octet((int) value);
        }
        require(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
        return this;
    }

    /** A varint in which small negative numbers are short too. */
    public ByteWriter zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** How many there are, as a varint. */
    public ByteWriter count(int value) {
        return varint(value);
    }

    /** The length of its UTF-8, then UTF-8. */
    public ByteWriter text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return count(encoded.length).octets(encoded);
    }

    private void require(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }
}
