package io.tradingecosystem.audit.server.grpc;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

import javax.net.ServerSocketFactory;

/**
 * Hands connections over: Helidon's listener accepts them and recognises HTTP/2 by its preface (RFC
 * 9113, 3.4); grpc-java's server gets them from what it takes for a server socket. Each connection
 * waits here for a moment only, and there are never more than the listener admits. Thread-safe.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code OkHttpServer}, takes connections from a {@code ServerSocket}
 * only. Held by: {@code GrpcAttackTest.shouldServeOnAfterManyConnectionsThatCameAndWent}. Look
 * again: grpc-okhttp 1.80.
 */
final class Handover extends ServerSocketFactory implements ServerConnectionSelector {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int window;
    private final LinkedBlockingQueue<Handed> queue = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /**
     * @param window the flow control window of the transport, in bytes
     */
    Handover(int window) {
        this.window = window;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return PREFACE.length;
    }

    @Override
    public Support supports(BufferData data) {
        byte[] start = new byte[PREFACE.length];
        data.read(start, 0, start.length);
        return Arrays.equals(start, PREFACE) ? Support.SUPPORTED : Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("h2");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new HandedConnection(new HandedSocket(context, window));
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new QueueSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new QueueSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return new QueueSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
            throws IOException {
        return new QueueSocket();
    }

    /** What stands in the queue: a connection, or word that there will be no more. */
    private sealed interface Handed {}

    private record Connected(HandedSocket socket) implements Handed {}

    private record End() implements Handed {}

    private final class HandedConnection implements ServerConnection {
        private final HandedSocket socket;

        HandedConnection(HandedSocket socket) {
            this.socket = socket;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            if (closed || !socket.awaitFirstBytes()) {
                socket.close();
                return;
            }
            queue.add(new Connected(socket));
            if (closed) {
                socket.close();
            }
            socket.awaitClosed();
        }

        /** grpc-java watches over idle connections itself. */
        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            if (interrupt) {
                socket.close();
            }
        }
    }

    private final class QueueSocket extends ServerSocket {
        QueueSocket() throws IOException {}

        @Override
        public void bind(SocketAddress endpoint) {}

        @Override
        public void bind(SocketAddress endpoint, int backlog) {}

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }

        @Override
        public Socket accept() throws IOException {
            try {
                Handed next = closed ? new End() : queue.take();
                return switch (next) {
                    case Connected connected -> connected.socket();
                    case End end -> throw new SocketException("no more connections");
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SocketException("no more connections");
            }
        }

        @Override
        public void close() {
            closed = true;
            queue.add(new End());
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
