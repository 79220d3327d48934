package io.tradingecosystem.audit.peer;

import io.helidon.webclient.api.ConnectedSocketChannelInfo;
import io.helidon.webclient.api.ConnectedSocketInfo;
import io.helidon.webclient.api.ConnectionListener;
import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the one socket of a Helidon client, and closes it when the time is up or on request,
 * whatever the client does with it. Counts it. Thread-safe.
 */
final class TimedSocket implements ConnectionListener, AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(TimedSocket.class);

    private final ConnectionCounts counts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Future<?> alarm;
    private Optional<Socket> socket = Optional.empty();
    private boolean closed;

    /**
     * @param timeout from now on
     * @param threads one virtual thread per task
     */
    TimedSocket(Duration timeout, ExecutorService threads, ConnectionCounts counts) {
        this.counts = counts;
        this.alarm =
                threads.submit(
                        () -> {
                            Thread.sleep(timeout);
                            end();
                            return null;
                        });
    }

    @Override
    public void socketConnected(ConnectedSocketInfo connected) throws IOException {
        lock.lock();
        try {
            if (closed) {
                connected.socket().close();
                throw new SocketTimeoutException("connected too late");
            }
            socket = Optional.of(connected.socket());
            counts.opened();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void socketChannelConnected(ConnectedSocketChannelInfo connected) {
        throw new UnsupportedOperationException("peers are asked over TCP");
    }

    boolean connected() {
        lock.lock();
        try {
            return socket.isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        alarm.cancel(true);
        end();
    }

    private void end() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (socket.isPresent()) {
                counts.closed();
                socket.get().close();
            }
        } catch (IOException e) {
            LOG.debug("peer.probe.close.failed", "error", e.toString());
        } finally {
            lock.unlock();
        }
    }
}
