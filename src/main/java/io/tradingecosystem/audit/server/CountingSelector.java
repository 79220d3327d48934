package io.tradingecosystem.audit.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the connections of a listener, which Helidon does not. */
final class CountingSelector implements ServerConnectionSelector {
    private final ServerConnectionSelector selector;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();

    CountingSelector(ServerConnectionSelector selector) {
        this.selector = selector;
    }

    long open() {
        return open.get();
    }

    long accepted() {
        return accepted.get();
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
        return new CountedConnection(selector.connection(context));
    }

    /** Interruptible where the connection within is, as the listener wants to know at its end. */
    private final class CountedConnection implements ServerConnection, InterruptableTask<Void> {
        private final ServerConnection connection;

        CountedConnection(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.incrementAndGet();
            accepted.incrementAndGet();
            try {
                connection.handle(limit);
            } finally {
                open.decrementAndGet();
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
