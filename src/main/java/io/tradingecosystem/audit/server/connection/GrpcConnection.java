package io.tradingecosystem.audit.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A connection of gRPC. Within the handshake's bound, that of TLS included, the client has sent the
 * preface of HTTP/2 (RFC 9113, 3.4). From then on the client may be silent, which the engine looks
 * after. The thread that reads uses it; others write, and ask it to leave.
 *
 * <p>Fault: that of {@link BoundedConnection}. Helidon 4.5.0, {@code ConnectionHandler.run}, waits
 * for the handshake of TLS and for the first bytes without a bound as well. Held by: {@code
 * GrpcAttackTest.shouldCloseAConnectionThatSendsHalfAPrefaceAndWaits}. Look again: Helidon 4.6.
 */
public final class GrpcConnection extends BoundedConnection {
    private static final EventLogger LOG = EventLogger.of(GrpcConnection.class);
    private static final int PREFACE_LENGTH = 24;

    /** The number of a stream, and an error code. */
    private static final int GOAWAY_LENGTH = 8;

    private static final byte[] NO_SETTINGS = {0, 0, 0, FrameHeaders.SETTINGS, 0, 0, 0, 0, 0};

    private final long greetedBy;
    private final LongSupplier ticker;
    private final FrameBudget budget;
    private final StreamStates streams;
    private final ResetCodes resets = new ResetCodes();
    private final FrameHeaders incoming = new FrameHeaders(PREFACE_LENGTH);
    private final FrameHeaders outgoing = new FrameHeaders(0);
    private final FrameHeaders.Listener listener = new Incoming();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong dataSent = new AtomicLong();
    private Optional<Http2ErrorCode> refusal = Optional.empty();
    private boolean spoken;
    private long received;

    public GrpcConnection(ConnectionContext context, GrpcSettings settings, LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.ticker = ticker;
        this.budget = new FrameBudget(settings, ticker.getAsLong());
        this.streams = new StreamStates(settings.maxConcurrentStreams(), ticker);
        this.greetedBy = ticker.getAsLong() + settings.handshakeTimeout().toNanos();
    }

    @Override
    void servedBy(ServerConnection connection) {}

    /**
     * What has come, once it is known to be what the caller may send, and to fit the caller's
     * budget; one that sends anything else is told so (RFC 9113, 7), and its connection is closed.
     */
    @Override
    public byte[] get() {
        byte[] bytes = super.get();
        if (bytes != null) {
            for (long sent = dataSent.getAndSet(0); sent > 0; sent--) {
                budget.sentData();
            }
            incoming.follow(bytes, 0, bytes.length, listener);
            refusal.ifPresent(this::refuse);
        }
        return bytes;
    }

    private final class Incoming implements FrameHeaders.Listener {
        @Override
        public void frame(int type, int flags, int stream, int size, int start) {
            if (refusal.isEmpty()) {
                refusal = check(type, flags, stream, size, start);
            }
        }

        @Override
        public void payload(int type, byte[] bytes, int offset, int length) {
            if (type == FrameHeaders.RST_STREAM) {
                resets.mend(bytes, offset, length);
            }
        }
    }

    private Optional<Http2ErrorCode> check(int type, int flags, int stream, int size, int start) {
        return budget.accept(type, flags, size, ticker.getAsLong())
                ? streams.received(type, flags, stream, start)
                : Optional.of(Http2ErrorCode.ENHANCE_YOUR_CALM);
    }

    private void refuse(Http2ErrorCode error) {
        try {
            sayGoodbye(error, true);
        } finally {
            close();
        }
        throw new ServerConnectionException(
                "The caller sends frames that it may not", new IllegalStateException(error.name()));
    }

    /**
     * Calls that come after the last one named are known not to be served. A service that has said
     * nothing yet begins with its settings, and may do so once the peer has been read from.
     */
    private void sayGoodbye(Http2ErrorCode error, boolean mayBegin) {
        writing.lock();
        try {
            if (!spoken && mayBegin) {
                write(BufferData.create(NO_SETTINGS));
            }
            if (spoken && outgoing.isBetweenFrames()) {
                write(goaway(error));
            }
        } finally {
            writing.unlock();
        }
    }

    private BufferData goaway(Http2ErrorCode error) {
        return BufferData.create(
                ByteBuffer.allocate(FrameHeaders.LENGTH + GOAWAY_LENGTH)
                        .putShort((short) 0)
                        .put((byte) GOAWAY_LENGTH)
                        .put((byte) FrameHeaders.GOAWAY)
                        .put((byte) 0)
                        .putInt(0)
                        .putInt(streams.last())
                        .putInt(error.code())
                        .array());
    }

    /** What is sent is noted first, as the answer to it may come while it is sent. */
    @Override
    public void write(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        writing.lock();
        try {
            spoken = true;
            outgoing.follow(bytes, 0, bytes.length, this::sent);
            super.write(BufferData.create(bytes));
        } finally {
            writing.unlock();
        }
    }

    private void sent(int type, int flags, int stream, int size, int start) {
        streams.sent(type, flags, stream, size);
        if (type == FrameHeaders.DATA) {
            dataSent.incrementAndGet();
        }
    }

    @Override
    OptionalLong idleSince() {
        return streams.idleSince();
    }

    /** The last word is said by another thread, as a peer that does not read keeps it waiting. */
    @Override
    boolean closeIdle() {
        boolean leaves = streams.leave();
        if (leaves) {
            Thread.ofVirtual().name("grpc-goodbye").start(this::leave);
        }
        return leaves;
    }

    private void leave() {
        try {
            sayGoodbye(Http2ErrorCode.NO_ERROR, false);
        } catch (ServerConnectionException | UncheckedIOException e) {
            LOG.debug("grpc.connection.left.already", "reason", e.toString());
        } finally {
            cutRead();
        }
    }

    /**
     * Calls that can go on do so first: meanwhile more comes, and more is read at once. Without
     * this, 64 calls in flight are a tenth slower.
     */
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Virtual threads are not preempted.
    void beforeRead() {
        Thread.yield();
    }

    @Override
    long readDeadline(long now) {
        if (received < PREFACE_LENGTH) {
            return greetedBy;
        }
        return streams.hasLeft() ? now : budget.headDeadline().orElse(now + ENDLESS);
    }

    @Override
    void received(long now, int count) {
        received += count;
    }

    @Override
    void ended() {}

    @Override
    Reason reading() {
        return Reason.HEAD;
    }
}
