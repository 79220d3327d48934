package io.tradingecosystem.audit.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow at their end. Numbers are big-endian, so that unsigned comparison of bytes is
 * comparison of numbers; varints are LEB128, as in protobuf. Not thread-safe.
 */
final class Bytes {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] array;
    private int size;

    Bytes(int capacity) {
        this.array = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** The bytes behind this; what lies past {@link #size} means nothing. */
    byte[] array() {
        return array;
    }

    byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    void clear() {
        size = 0;
    }

    void put(int value) {
        require(1);
        array[size++] = (byte) value;
    }

    void putInt(int value) {
        require(Integer.BYTES);
        INT.set(array, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        require(Long.BYTES);
        LONG.set(array, size, value);
        size += Long.BYTES;
    }

    void put(byte[] value) {
        put(value, 0, value.length);
    }

    void put(byte[] value, int from, int length) {
        require(length);
        System.arraycopy(value, from, array, size, length);
        size += length;
    }

    void putVarint(long value) {
        require(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** A varint in which small negative numbers are short too. */
    void putZigzag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    /** Length, then UTF-8. */
    void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putVarint(encoded.length);
        put(encoded);
    }

    static void setLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    static void setInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    static long longAt(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    static int intAt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    static byte[] ofLong(long value) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        return bytes;
    }

    private void require(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }
}
