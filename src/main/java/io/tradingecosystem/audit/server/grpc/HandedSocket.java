package io.tradingecosystem.audit.server.grpc;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection that Helidon's listener has accepted, as the socket that grpc-java wants. A thread
 * of the transport reads, another one writes, both virtual.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code AsyncSink}, keeps in memory what it cannot write, without a
 * bound for answers that have no body. So a client that does not read is not read from either:
 * while a write is stuck, the next read waits for it. Held by: {@code
 * GrpcAttackTest.shouldNotReadFromAClientThatDoesNotRead}. Look again: grpc-okhttp 1.80.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code OkHttpServerTransport.FrameHandler.run}, ends at whatever
 * its listener throws and leaves the connection open. Held by: {@code
 * GrpcAttackTest.shouldCloseAConnectionThatNobodyReadsAnyMore}. Look again: grpc-okhttp 1.80.
 *
 * <p>Fault: Helidon 4.5.0, {@code TlsNioSocket}, loses bytes when one thread writes while another
 * one finishes the handshake, as the first read does. Held by: {@code
 * TlsDoorsTest.shouldServeOverTlsAtBothDoors}. Look again: Helidon 4.6.
 */
final class HandedSocket extends Socket {
    private static final long STUCK_NANOS = 50_000_000;
    private static final long LAST_FRAMES_MILLIS = 1_000;

    /** What the thread reads from. */
    private static final ThreadLocal<HandedSocket> READ = new ThreadLocal<>();

    private final ConnectionContext connection;
    private final ConnectionWindow window;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final InputStream in = new Input();
    private final Output out = new Output();

    /**
     * @param window the flow control window of the transport, in bytes
     */
    HandedSocket(ConnectionContext connection, int window) {
        this.connection = connection;
        this.window = new ConnectionWindow(window);
    }

    /**
     * Waits until the peer has said something; false if it has gone. Helidon's TLS loses bytes when
     * one thread writes while another finishes the handshake, as the first read does.
     */
    boolean awaitFirstBytes() {
        try {
            connection.dataReader().ensureAvailable();
            return true;
        } catch (DataReader.InsufficientDataAvailableException | UncheckedIOException e) {
            return false;
        }
    }

    /** Waits until somebody has closed it; until then Helidon keeps the connection. */
    void awaitClosed() throws InterruptedException {
        done.await();
    }

    /**
     * Runs tasks of the transport. When one is over that has read from a connection, nobody reads
     * from it any more, so that it is closed; the caller would wait for nothing.
     */
    static Executor readers(Executor executor) {
        return task -> executor.execute(() -> runToEnd(task));
    }

    private static void runToEnd(Runnable task) {
        try {
            task.run();
        } finally {
            HandedSocket read = READ.get();
            if (read != null) {
                READ.remove();
                read.closeAfterLastFrames();
            }
        }
    }

    /** The transport may still say why. */
    private void closeAfterLastFrames() {
        try {
            done.await(LAST_FRAMES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                connection.serverSocket().close();
            } finally {
                done.countDown();
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return PeerAddress.of(connection.remotePeer());
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return connection.localPeer().address();
    }

    @Override
    public int getPort() {
        return connection.remotePeer().port();
    }

    /** Helidon's listener has set it already. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {}

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            READ.set(HandedSocket.this);
            out.awaitUnstuck();
            try {
                DataReader reader = connection.dataReader();
                reader.ensureAvailable();
                int max = Math.min(length, reader.available());
                int count = reader.readBuffer(max).read(buffer, offset, max);
                window.received(buffer, offset, count);
                if (window.lacks()) {
                    out.credit();
                }
                return count;
            } catch (DataReader.InsufficientDataAvailableException e) {
                return -1;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (RuntimeException e) {
                throw new IOException(e);
            }
        }
    }

    private final class Output extends OutputStream {
        private final ReentrantLock writing = new ReentrantLock();
        private volatile long started;

        /** Waits for the write that goes on, if it has gone on for long. */
        void awaitUnstuck() {
            if (writing.isLocked() && System.nanoTime() - started > STUCK_NANOS) {
                writing.lock();
                try {
                    // Only to have waited.
                } finally {
                    writing.unlock();
                }
            }
        }

        /** Gives the caller back what the transport has forgotten. */
        void credit() {
            writing.lock();
            try {
                creditBetweenFrames();
            } finally {
                writing.unlock();
            }
        }

        /** In the middle of a frame this waits for the write that ends it. */
        private void creditBetweenFrames() {
            if (window.lacks() && window.isBetweenFrames()) {
                connection.dataWriter().writeNow(BufferData.create(window.credit()));
            }
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            writing.lock();
            try {
                started = System.nanoTime();
                connection.dataWriter().writeNow(BufferData.create(buffer, offset, length));
                window.sent(buffer, offset, length);
                creditBetweenFrames();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (RuntimeException e) {
                throw new IOException(e);
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void flush() {
            connection.dataWriter().flush();
        }
    }
}
