package io.tradingecosystem.audit.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A connection of gRPC. Within the handshake's bound, that of TLS included, the client has sent the
 * preface of HTTP/2 (RFC 9113, 3.4). From then on the client may be silent, which the engine looks
 * after. Used by the thread that reads.
 *
 * <p>Fault: that of {@link BoundedConnection}. Helidon 4.5.0, {@code ConnectionHandler.run}, waits
 * for the handshake of TLS and for the first bytes without a bound as well. Held by: {@code
 * GrpcAttackTest.shouldCloseAConnectionThatSendsHalfAPrefaceAndWaits}. Look again: Helidon 4.6.
 */
public final class GrpcConnection extends BoundedConnection {
    private static final int PREFACE_LENGTH = 24;

    private static final byte[] CALM_DOWN = {
        0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, -1, -1, -1, 0, 0, 0, 11
    };

    private final long greetedBy;
    private final LongSupplier ticker;
    private final FrameBudget budget;
    private final FrameHeaders incoming = new FrameHeaders(PREFACE_LENGTH);
    private final FrameHeaders outgoing = new FrameHeaders(0);
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong dataSent = new AtomicLong();
    private boolean calm = true;
    private long received;

    public GrpcConnection(ConnectionContext context, GrpcSettings settings, LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.ticker = ticker;
        this.budget = new FrameBudget(settings, ticker.getAsLong());
        this.greetedBy = ticker.getAsLong() + settings.handshakeTimeout().toNanos();
    }

    @Override
    void servedBy(ServerConnection connection) {}

    /**
     * What has come, once it is known to fit the caller's budget; a caller past it is told so (RFC
     * 9113, 7: ENHANCE_YOUR_CALM), and its connection is closed.
     */
    @Override
    public byte[] get() {
        byte[] bytes = super.get();
        if (bytes != null) {
            long now = ticker.getAsLong();
            for (long sent = dataSent.getAndSet(0); sent > 0; sent--) {
                budget.sentData();
            }
            incoming.follow(
                    bytes,
                    0,
                    bytes.length,
                    (type, flags, stream, size, start) ->
                            calm &= budget.accept(type, flags, size, now));
            if (!calm) {
                refuse();
            }
        }
        return bytes;
    }

    private void refuse() {
        writing.lock();
        try {
            if (outgoing.isBetweenFrames()) {
                super.write(BufferData.create(CALM_DOWN));
            }
        } finally {
            writing.unlock();
            close();
        }
        throw new ServerConnectionException(
                "The caller sends more frames than it may", new IllegalStateException("flood"));
    }

    @Override
    public void write(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        writing.lock();
        try {
            super.write(BufferData.create(bytes));
            outgoing.follow(bytes, 0, bytes.length, this::sent);
        } finally {
            writing.unlock();
        }
    }

    private void sent(int type, int flags, int stream, int size, int start) {
        if (type == FrameHeaders.DATA) {
            dataSent.incrementAndGet();
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
        return received < PREFACE_LENGTH ? greetedBy : budget.headDeadline().orElse(now + ENDLESS);
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
