package io.tradingecosystem.audit.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. For one thread. */
public final class ByteReader {
    private final ByteBuffer in;

    public ByteReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    public int octet() {
        return in.get() & 0xff;
    }

    public long number() {
        return in.getLong();
    }

    public double real() {
        return in.getDouble();
    }

    public int count() {
        int value = 0;
        int shift = 0;
        int octet = octet();
        while (octet > 0x7f) {
            value |= (octet & 0x7f) << shift;
            shift += 7;
            octet = octet();
        }
        return value | octet << shift;
    }

    public String text() {
        int length = count();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    public boolean hasMore() {
        return in.hasRemaining();
    }
}
