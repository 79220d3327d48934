package io.tradingecosystem.audit.server.connection;

import io.helidon.http.Status;

import java.util.Arrays;

/**
 * What of a connection has come and was not handed on: less than a line or a head, unless the
 * client sends ahead. For one thread.
 *
 * <p>Fault: that of {@link RequestReader}.
 */
final class HeldBytes {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private int scanned;

    byte[] array() {
        return bytes;
    }

    /** The place of the first. */
    int from() {
        return from;
    }

    int size() {
        return to - from;
    }

    /** Takes what has come; the array belongs to this from here on. */
    void add(byte[] more) {
        if (from == to) {
            bytes = more;
            from = 0;
            to = more.length;
            scanned = 0;
            return;
        }
        int size = size();
        if (bytes.length - to < more.length) {
            bytes = Arrays.copyOfRange(bytes, from, from + Math.max(2 * size, size + more.length));
            scanned -= Math.min(scanned, from);
            from = 0;
            to = size;
        }
        System.arraycopy(more, 0, bytes, to, more.length);
        to += more.length;
    }

    /** Leaves out the first. */
    void skip(int count) {
        from += count;
        if (from == to) {
            bytes = NOTHING;
            from = 0;
            to = 0;
            scanned = 0;
        }
    }

    /** Takes out the first, as an array of their own. */
    byte[] take(int count) {
        byte[] taken =
                count == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + count);
        skip(count);
        return taken;
    }

    /**
     * How long a line is, without its end.
     *
     * @param offset from the first byte to where it begins
     * @param max how long it may be
     * @param tooLong what to answer if it is longer
     * @return -1 if its end has not come
     */
    int lineLength(int offset, int max, Status tooLong) {
        int begin = from + offset;
        int end = Math.max(begin, scanned);
        while (end < to && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        scanned = end;
        if (end - begin > max) {
            throw Refused.with(tooLong, "A line is over the limit of bytes, which is " + max + ".");
        }
        boolean cut = end == to || (bytes[end] == '\r' && end + 1 == to);
        if (!cut && (bytes[end] != '\r' || bytes[end + 1] != '\n')) {
            throw Refused.malformed("A line ends with something else than CR and LF.");
        }
        return cut ? -1 : end - begin;
    }
}
