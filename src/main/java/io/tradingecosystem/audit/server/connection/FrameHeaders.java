package io.tradingecosystem.audit.server.connection;

import java.nio.ByteBuffer;

/**
 * Follows the frames of an HTTP/2 connection one way, however the bytes are cut (RFC 9113, 4.1).
 * Not thread-safe.
 *
 * <p>Fault: that of {@link FrameBudget}.
 */
public final class FrameHeaders {
    public static final int LENGTH = 9;
    public static final int DATA = 0;
    public static final int WINDOW_UPDATE = 8;

    /** A frame's header, and the first four bytes of a WINDOW_UPDATE's payload. */
    private final ByteBuffer header = ByteBuffer.allocate(LENGTH + Integer.BYTES);

    private long skip;

    /**
     * @param preface bytes before the first frame
     */
    public FrameHeaders(int preface) {
        this.skip = preface;
        header.limit(LENGTH);
    }

    /** Tells each frame whose header ends in these bytes. */
    public void follow(byte[] bytes, int offset, int length, Listener listener) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int step;
            if (skip > 0) {
                step = (int) Math.min(skip, end - at);
                skip -= step;
            } else {
                step = Math.min(header.remaining(), end - at);
                header.put(bytes, at, step);
                if (!header.hasRemaining()) {
                    headerRead(listener);
                }
            }
            at += step;
        }
    }

    public boolean isBetweenFrames() {
        return skip == 0 && header.position() == 0;
    }

    private void headerRead(Listener listener) {
        int size = header.getInt(0) >>> 8;
        int type = header.get(3) & 0xff;
        int flags = header.get(4);
        boolean update = type == WINDOW_UPDATE && size >= Integer.BYTES;
        if (update && header.limit() == LENGTH) {
            header.limit(LENGTH + Integer.BYTES);
            return;
        }
        int stream = header.getInt(5) & Integer.MAX_VALUE;
        int start = update ? header.getInt(LENGTH) & Integer.MAX_VALUE : 0;
        skip = update ? size - Integer.BYTES : size;
        header.clear().limit(LENGTH);
        listener.frame(type, flags, stream, size, start);
    }

    /** Hears of frames. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A frame begins.
         *
         * @param stream 0 for the connection itself
         * @param flags as they stand in the header
         * @param size the length of the payload in bytes
         * @param start the first four bytes of a WINDOW_UPDATE's payload: the increment
         */
        void frame(int type, int flags, int stream, int size, int start);
    }
}
