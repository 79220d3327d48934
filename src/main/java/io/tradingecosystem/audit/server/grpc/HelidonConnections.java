package io.tradingecosystem.audit.server.grpc;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tradingecosystem.audit.logging.EventLogger;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Helidon's HTTP/2 connections, whose calls are told when they end. Thread-safe. */
final class HelidonConnections implements ServerConnectionSelector {
    private static final EventLogger LOG = EventLogger.of(HelidonConnections.class);

    private final ServerConnectionSelector selector;
    private final HelidonCalls calls;
    private final Set<ConnectionContext> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    HelidonConnections(ServerConnectionSelector selector, HelidonCalls calls) {
        this.selector = selector;
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
    public int bytesToIdentifyConnection() {
        return selector.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return selector.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return selector.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new ToldConnection(context, selector.connection(context));
    }

    private final class ToldConnection implements ServerConnection, InterruptableTask<Void> {
        private final ConnectionContext context;
        private final ServerConnection connection;

        ToldConnection(ConnectionContext context, ServerConnection connection) {
            this.context = context;
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            if (refusing) {
                return;
            }
            SocketAddress peer = context.remotePeer().address();
            open.add(context);
            try {
                connection.handle(limit);
            } finally {
                open.remove(context);
                calls.connectionLost(peer);
            }
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }
    }
}
