package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks again and again whether a connection waits for its peer longer than it may, and whether
 * listeners still accept connections. The thread {@code connection-watch} is a platform thread, so
 * that it runs even if all carriers of virtual threads are held up; a look costs one lock per
 * connection and wait. A timer per wait, as in {@code ScheduledExecutorService}, would cost a
 * shared heap for each read and write instead.
 *
 * <p>Fault: that of {@link BoundedConnection}.
 */
public final class ConnectionWatch implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(ConnectionWatch.class);

    private final List<ListenerConnections> listeners;
    private final Duration pause;
    private final LongSupplier ticker;
    private final Consumer<String> onEnd;
    private final RecurringTask task;

    private ConnectionWatch(
            List<ListenerConnections> listeners,
            Duration pause,
            LongSupplier ticker,
            Consumer<String> onEnd) {
        this.onEnd = onEnd;
        this.listeners = List.copyOf(listeners);
        this.pause = pause;
        this.ticker = ticker;
        this.task =
                RecurringTask.builder("connection-watch", this::look, this::failed)
                        .initialDelay(pause)
                        .platformThread()
                        .build();
    }

    /**
     * Starts to watch.
     *
     * @param minWait the shortest bound of a wait; a wait may be an eighth of it longer
     * @param onEnd gets the name of a listener that accepts no more connections, again and again
     */
    public static ConnectionWatch start(
            List<ListenerConnections> listeners,
            Duration minWait,
            LongSupplier ticker,
            Consumer<String> onEnd) {
        Duration pause = minWait.dividedBy(8);
        ConnectionWatch watch = new ConnectionWatch(listeners, pause, ticker, onEnd);
        watch.task.start();
        return watch;
    }

    private Duration look() {
        long now = ticker.getAsLong();
        listeners.forEach(listener -> listener.expire(now));
        listeners.stream()
                .filter(listener -> listener.socket().hasEnded())
                .forEach(listener -> onEnd.accept(listener.listener()));
        return pause;
    }

    private Duration failed(Throwable failure) {
        LOG.error("connection.watch.failed", failure);
        return pause;
    }

    @Override
    public void close() {
        task.stop();
    }
}
