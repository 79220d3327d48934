package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.server.connection.BodyMemory;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream line by line into one buffer, which grows up to the longest line that is taken, as
 * far as there is memory for it beside the bodies of others. Not thread-safe.
 */
final class LineReader {
    private static final int FIRST_SIZE = 4 << 10;
    private static final int DEFAULT_SIZE = 64 << 10;

    private final InputStream in;
    private final int max;
    private final BodyMemory memory;
    private byte[] buffer;
    private int from;
    private int to;
    private int scanned;
    private boolean end;
    private boolean tooLong;
    private int lineStart;
    private int lineLength;

    LineReader(InputStream in, int max, BodyMemory memory) {
        this.in = in;
        this.max = max;
        this.memory = memory;
        this.buffer = new byte[Math.min(FIRST_SIZE, max)];
        memory.add(buffer.length);
    }

    /**
     * Moves to the next line; a line over the limit is skipped to its end, and {@link #isTooLong}
     * tells.
     *
     * @return false at the end of the stream
     */
    boolean next() throws IOException {
        tooLong = false;
        while (true) {
            int newline = newline();
            if (newline >= 0) {
                line(newline);
                from = newline + 1;
                scanned = from;
                return true;
            }
            if (end) {
                return last();
            }
            if (to - from >= max) {
                // What is here of it is of no use; the rest is not even kept.
                tooLong = true;
                from = to;
                scanned = to;
            }
            fill();
        }
    }

    /** Whether the line that was read is over the limit. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Whether the stream breaks off behind a part of a line. */
    boolean isInLine() {
        return to > from || tooLong;
    }

    /** The bytes that have the line, from {@link #start} on. */
    byte[] bytes() {
        return buffer;
    }

    int start() {
        return lineStart;
    }

    int length() {
        return lineLength;
    }

    boolean isBlank() {
        for (int i = lineStart; i < lineStart + lineLength; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    private int newline() {
        for (int i = scanned; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        scanned = to;
        return -1;
    }

    private boolean last() {
        boolean any = isInLine();
        line(to);
        from = to;
        return any;
    }

    private void line(int newline) {
        lineStart = from;
        lineLength = newline - from;
        tooLong |= lineLength > max;
    }

    private void fill() throws IOException {
        int length = to - from;
        if (to == buffer.length && length == to) {
            int larger = (int) Math.min(2L * to, max + 1L);
            memory.require(larger - to);
            move(new byte[larger], length);
        } else if (to == buffer.length) {
            move(roomier(), length);
        } else if (length == 0) {
            move(buffer, 0);
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            end = true;
        } else {
            to += count;
        }
    }

    /** A buffer for a stream that brings more than the one it has, where there is room for it. */
    private byte[] roomier() {
        int defaultValue = Math.min(DEFAULT_SIZE, max);
        return defaultValue > buffer.length && memory.offer(defaultValue - buffer.length)
                ? new byte[defaultValue]
                : buffer;
    }

    private void move(byte[] target, int length) {
        System.arraycopy(buffer, from, target, 0, length);
        buffer = target;
        scanned -= from;
        from = 0;
        to = length;
    }
}
