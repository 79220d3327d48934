package io.tradingecosystem.audit.server;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks again and again whether a connection waits for its peer longer than it may. On a platform
 * thread, so that it runs even if all carriers of virtual threads are held up.
 */
final class ConnectionWatch implements AutoCloseable {
    private final Thread thread;

    private ConnectionWatch(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts to watch.
     *
     * @param shortest the shortest bound of a wait; a wait may be an eighth of it longer
     */
    static ConnectionWatch start(
            List<ListenerConnections> listeners, Duration shortest, LongSupplier ticker) {
        Duration pause = shortest.dividedBy(8);
        Runnable watch =
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(pause);
                            long now = ticker.getAsLong();
                            listeners.forEach(listener -> listener.expire(now));
                        }
                    } catch (InterruptedException e) {
                        // Closed: the end of this thread.
                        Thread.currentThread().interrupt();
                    }
                };
        return new ConnectionWatch(
                Thread.ofPlatform().daemon().name("connection-watch").start(watch));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
