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
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int WITH_PRIORITY = 32;

    /** A frame's header, and the start of its payload where one is wanted. */
    private final ByteBuffer header = ByteBuffer.allocate(LENGTH + 1 + Integer.BYTES);

    private long skip;
    private int type;

    /**
     * @param preface bytes before the first frame
     */
    public FrameHeaders(int preface) {
        this.skip = preface;
        header.limit(LENGTH);
    }

    /** Tells each frame whose header ends in these bytes, and what of payloads is in them. */
    public void follow(byte[] bytes, int offset, int length, Listener listener) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int step;
            if (skip > 0) {
                step = (int) Math.min(skip, end - at);
                skip -= step;
                listener.payload(type, bytes, at, step);
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
        type = header.get(3) & 0xff;
        int flags = header.get(4) & 0xff;
        int wanted = Math.min(size, startLength(type, flags));
        if (header.limit() == LENGTH && wanted > 0) {
            header.limit(LENGTH + wanted);
            return;
        }
        int stream = header.getInt(5) & Integer.MAX_VALUE;
        int end = header.limit();
        int start =
                end < LENGTH + Integer.BYTES
                        ? 0
                        : header.getInt(end - Integer.BYTES) & Integer.MAX_VALUE;
        skip = (long) size - (end - LENGTH);
        header.clear().limit(LENGTH);
        listener.frame(type, flags, stream, size, start);
    }

    /** How much of a payload is read with the header. */
    private static int startLength(int type, int flags) {
        return switch (type) {
            case WINDOW_UPDATE, PRIORITY -> Integer.BYTES;
            case HEADERS ->
                    (flags & WITH_PRIORITY) == 0
                            ? 0
                            : Integer.BYTES + ((flags & PADDED) == 0 ? 0 : 1);
            default -> 0;
        };
    }

    /** Hears of frames. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A frame begins.
         *
         * @param stream 0 for the connection itself
         * @param flags as they stand in the header, 0 to 255
         * @param size the length of the payload in bytes
         * @param start the increment of a WINDOW_UPDATE, the stream that a PRIORITY or HEADERS
         *     depends on; 0 if there is none
         */
        void frame(int type, int flags, int stream, int size, int start);

        /** More of the payload of the frame, but for what was told as its start. */
        default void payload(int type, byte[] bytes, int offset, int length) {}
    }
}
