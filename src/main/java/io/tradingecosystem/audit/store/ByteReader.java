package io.tradingecosystem.audit.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link Bytes} wrote, front to back. Not thread-safe. */
final class ByteReader {
    private final byte[] array;
    private int at;

    ByteReader(byte[] array) {
        this.array = array;
    }

    boolean hasMore() {
        return at < array.length;
    }

    int get() {
        return array[at++] & 0xff;
    }

    long getLong() {
        long value = Bytes.longAt(array, at);
        at += Long.BYTES;
        return value;
    }

    byte[] get(int length) {
        byte[] part = Arrays.copyOfRange(array, at, at + length);
        at += length;
        return part;
    }

    long getVarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = array[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    long getZigzag() {
        long value = getVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    String getText() {
        int length = (int) getVarint();
        String text = new String(array, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
