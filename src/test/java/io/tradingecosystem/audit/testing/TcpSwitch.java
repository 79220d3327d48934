package io.tradingecosystem.audit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address that stands for several servers in turn, as a name does in a failover: connections
 * that are open stay at the old server, new ones go to the new one.
 */
public final class TcpSwitch implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private TcpSwitch(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = new AtomicInteger(target);
    }

    /** Listens on a free port of the loopback address, for a server on another one. */
    public static TcpSwitch to(int port) {
        try {
            TcpSwitch made =
                    new TcpSwitch(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sends new connections elsewhere. */
    public void turnTo(int port) {
        target.set(port);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(TcpSwitch::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target.get());
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> copy(client, server));
                Thread.ofVirtual().start(() -> copy(server, client));
            } catch (IOException e) {
                // Closed, or the server is away: the client sees a connection that ends.
                continue;
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has ended: so does the other.
            return;
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
