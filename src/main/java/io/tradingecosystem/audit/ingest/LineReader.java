package io.tradingecosystem.audit.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a stream line by line into one buffer, which grows up to the longest line that is taken.
 * Not thread-safe.
 */
final class LineReader {
    private static final int FIRST_SIZE = 64 << 10;

    private final InputStream in;
    private final int most;
    private byte[] buffer;
    private int from;
    private int to;
    private int scanned;
    private boolean end;
    private boolean tooLong;
    private int lineStart;
    private int lineLength;

    LineReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
        this.buffer = new byte[Math.min(FIRST_SIZE, most)];
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
            if (to - from >= most) {
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
        tooLong |= lineLength > most;
    }

    private void fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
            scanned = 0;
        } else if (to == buffer.length && from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            scanned -= from;
            from = 0;
        } else if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, most + 1L));
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            end = true;
        } else {
            to += count;
        }
    }
}
