package io.tradingecosystem.audit.server.connection;

import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;

import java.time.Duration;

/**
 * A connection with something done around its {@link #handle}. A wrapper can be interrupted where
 * the connection within can, as the listener wants to know at its end.
 *
 * <p>Fault: Helidon 4.5.0 offers no hook around a connection of a {@code ServerConnectionSelector}.
 * Held by: {@code OpenDoorsTest.shouldLetRequestsInFlightFinishAndRefuseNewOnes}. Look again:
 * Helidon 4.6.
 */
public abstract class WrappedConnection implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection connection;

    protected WrappedConnection(ServerConnection connection) {
        this.connection = connection;
    }

    /** The connection within. */
    protected final ServerConnection connection() {
        return connection;
    }

    @Override
    public final boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public final Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public final void close(boolean interrupt) {
        connection.close(interrupt);
    }
}
