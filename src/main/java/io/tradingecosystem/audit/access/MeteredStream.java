package io.tradingecosystem.audit.access;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Bytes that are counted while they are read. For one thread. */
final class MeteredStream extends FilterInputStream {
    private final LongConsumer count;

    /**
     * @param count is told how many more were read
     */
    MeteredStream(InputStream bytes, LongConsumer count) {
        super(bytes);
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count.accept(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count.accept(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long distance) throws IOException {
        long skipped = super.skip(distance);
        count.accept(skipped);
        return skipped;
    }
}
