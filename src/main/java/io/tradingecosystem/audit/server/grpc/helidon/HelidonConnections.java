package io.tradingecosystem.audit.server.grpc.helidon;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.server.connection.WrappedConnection;
import io.tradingecosystem.audit.server.connection.WrappedSelector;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Helidon's HTTP/2 connections; the calls of a connection are cancelled when it ends. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http2Connection.handle}, does not tell the calls of a connection
 * that it is lost. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldNotTellACallThatItsConnectionIsLost}. Held by: {@code
 * GrpcCallSuite.shouldCancelTheWorkWhenTheConnectionIsLost}. Look again: Helidon 4.6.
 */
final class HelidonConnections extends WrappedSelector {
    private static final EventLogger LOG = EventLogger.of(HelidonConnections.class);

    private final HelidonCalls calls;
    private final Set<ConnectionContext> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    HelidonConnections(ServerConnectionSelector selector, HelidonCalls calls) {
        super(selector);
        this.calls = calls;
    }

    /** Connections that come from now on are closed at once. */
    void refuse() {
        refusing = true;
    }

    void closeAll() {
        open.forEach(HelidonConnections::close);
    }

    private static void close(ConnectionContext context) {
        try {
            context.serverSocket().close();
        } catch (UncheckedIOException e) {
            // Its own thread was quicker.
            LOG.debug("grpc.connection.closed.already", "reason", e.toString());
        }
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new ObservedConnection(context, selector().connection(context));
    }

    private final class ObservedConnection extends WrappedConnection {
        private final ConnectionContext context;

        ObservedConnection(ConnectionContext context, ServerConnection connection) {
            super(connection);
            this.context = context;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            if (refusing) {
                return;
            }
            SocketAddress peer = context.remotePeer().address();
            open.add(context);
            try {
                connection().handle(limit);
            } finally {
                open.remove(context);
                calls.connectionLost(peer);
            }
        }
    }
}
