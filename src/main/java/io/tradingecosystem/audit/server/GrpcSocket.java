package io.tradingecosystem.audit.server;

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
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection that Helidon's listener has accepted, as the socket that grpc-java wants. */
final class GrpcSocket extends Socket {
    private final ConnectionContext connection;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final InputStream in = new Input();
    private final OutputStream out = new Output();

    GrpcSocket(ConnectionContext connection) {
        this.connection = connection;
    }

    /** Waits until somebody has closed it; until then Helidon keeps the connection. */
    void awaitClosed() throws InterruptedException {
        done.await();
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
        return connection.remotePeer().address();
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
            try {
                DataReader reader = connection.dataReader();
                reader.ensureAvailable();
                int count = Math.min(length, reader.available());
                return reader.readBuffer(count).read(buffer, offset, count);
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
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                connection.dataWriter().writeNow(BufferData.create(buffer, offset, length));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (RuntimeException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void flush() {
            connection.dataWriter().flush();
        }
    }
}
