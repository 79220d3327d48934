package io.tradingecosystem.audit.correlation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. For one thread. */
final class ByteReader {
    private final ByteBuffer in;

    ByteReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    int octet() {
        return in.get() & 0xff;
    }

    long number() {
        return in.getLong();
    }

    double real() {
        return in.getDouble();
    }

    int count() {
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

    String text() {
        int length = count();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    boolean hasMore() {
        return in.hasRemaining();
    }
}
