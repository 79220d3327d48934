package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks again and again whether a connection waits for its peer longer than it may. The thread
 * {@code connection-watch} is a platform thread, so that it runs even if all carriers of virtual
 * threads are held up; a look costs one lock per connection and wait. A timer per wait, as in
 * {@code ScheduledExecutorService}, would cost a shared heap for each read and write instead.
 *
 * <p>Fault: that of {@link BoundedConnection}.
 */
public final class ConnectionWatch implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(ConnectionWatch.class);

    private final Thread thread;

    private ConnectionWatch(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts to watch.
     *
     * @param minWait the shortest bound of a wait; a wait may be an eighth of it longer
     */
    public static ConnectionWatch start(
            List<ListenerConnections> listeners, Duration minWait, LongSupplier ticker) {
        Duration pause = minWait.dividedBy(8);
        Runnable watch =
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(pause);
                            look(listeners, ticker.getAsLong());
                        }
                    } catch (InterruptedException e) {
                        // Closed: the end of this thread.
                        Thread.currentThread().interrupt();
                    }
                };
        return new ConnectionWatch(
                Thread.ofPlatform().daemon().name("connection-watch").start(watch));
    }

    private static void look(List<ListenerConnections> listeners, long now) {
        try {
            listeners.forEach(listener -> listener.expire(now));
        } catch (RuntimeException e) {
            // Whatever it was, the next look must come.
            LOG.error("connection.watch.failed", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
