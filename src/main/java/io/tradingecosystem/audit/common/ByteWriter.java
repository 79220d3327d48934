package io.tradingecosystem.audit.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the parts of a record one behind the other. For one thread. */
public final class ByteWriter {
    private ByteBuffer out;

    public ByteWriter(int expected) {
        this.out = ByteBuffer.allocate(expected);
    }

    public ByteWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    public ByteWriter octets(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** A number in 4 bytes. */
    public ByteWriter number32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public ByteWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public ByteWriter real(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    /** A number from 0 in as few bytes as it needs, seven bits each. */
    public ByteWriter count(int value) {
        ByteBuffer buffer = room(5);
        int left = value;
        while (left > 0x7f) {
            buffer.put((byte) (left | 0x80));
            left >>>= 7;
        }
        buffer.put((byte) left);
        return this;
    }

    public ByteWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    public byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int length) {
        if (out.remaining() < length) {
            int size = Math.max(2 * out.capacity(), out.position() + length);
            out = ByteBuffer.allocate(size).put(out.flip());
        }
        return out;
    }
}
