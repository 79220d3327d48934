package io.tradingecosystem.audit.server.connection;

import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.settings.GrpcSettings;

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

    private final long greetedBy;
    private long received;

    public GrpcConnection(ConnectionContext context, GrpcSettings settings, LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.greetedBy = ticker.getAsLong() + settings.handshakeTimeout().toNanos();
    }

    @Override
    void servedBy(ServerConnection connection) {}

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
        return received < PREFACE_LENGTH ? greetedBy : now + ENDLESS;
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
