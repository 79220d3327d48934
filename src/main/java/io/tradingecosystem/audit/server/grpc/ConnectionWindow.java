package io.tradingecosystem.audit.server.grpc;

import io.tradingecosystem.audit.server.connection.FrameHeaders;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the caller's window of the connection open (RFC 9113, 5.2 and 6.9): the class follows the
 * frames both ways and tells what is missing. One thread reads, one at a time writes; a frame costs
 * the reading of its header.
 *
 * <p>Fault: grpc-okhttp 1.73.0 (and 1.79.0), {@code OkHttpServerTransport.FrameHandler.data} with
 * {@code stream == null}, forgets to credit the DATA of a stream that is closed already. Each call
 * that fails while its caller still sends takes away from the window, until the connection stands
 * still for ever. Shown by: {@code OkHttpFaultsTest.shouldNeverCreditTheDataOfAStreamThatIsOver}.
 * Held by: {@code GrpcCallSuite.shouldRefuseManyMessagesFarOverTheLimitAndGoOn}. Look again:
 * grpc-okhttp 1.80.
 */
final class ConnectionWindow {
    private static final int PREFACE_LENGTH = 24;
    private static final int WINDOW_UPDATE_LENGTH = 4;
    private static final int INITIAL_WINDOW = 65_535;

    private final long window;
    private final long atStart;
    private final FrameHeaders incoming = new FrameHeaders(PREFACE_LENGTH);
    private final FrameHeaders outgoing = new FrameHeaders(0);
    private final AtomicLong received;
    private final AtomicLong credited = new AtomicLong();

    /**
     * @param window the window that the transport keeps; it credits at half of it
     */
    ConnectionWindow(long window) {
        this.window = window;
        // The transport credits this after its SETTINGS, to come from the initial window to its
        // own.
        this.atStart = window - INITIAL_WINDOW;
        this.received = new AtomicLong(atStart);
    }

    /** These bytes came from the caller. */
    void received(byte[] bytes, int offset, int length) {
        incoming.follow(
                bytes,
                offset,
                length,
                (type, flags, stream, size, start) -> {
                    if (type == FrameHeaders.DATA) {
                        received.addAndGet(size);
                    }
                });
    }

    /** These bytes went to the caller. */
    void sent(byte[] bytes, int offset, int length) {
        outgoing.follow(
                bytes,
                offset,
                length,
                (type, flags, stream, size, start) -> {
                    if (type == FrameHeaders.WINDOW_UPDATE && stream == 0) {
                        credited.addAndGet(start);
                    }
                });
    }

    /** Whether more is missing than the transport keeps back by itself. */
    boolean lacks() {
        long given = credited.get();
        return given >= atStart && received.get() - given >= window / 4 * 3;
    }

    /** Whether a frame may be sent now: the transport is not in the middle of one. */
    boolean isBetweenFrames() {
        return outgoing.isBetweenFrames();
    }

    /** The frame that gives back what is missing. */
    byte[] credit() {
        long missing = received.get() - credited.get() - window / 2;
        credited.addAndGet(missing);
        return ByteBuffer.allocate(FrameHeaders.LENGTH + WINDOW_UPDATE_LENGTH)
                .put((byte) 0)
                .putShort((short) WINDOW_UPDATE_LENGTH)
                .put((byte) FrameHeaders.WINDOW_UPDATE)
                .put((byte) 0)
                .putInt(0)
                .putInt((int) missing)
                .array();
    }
}
