package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.SocketFactory;

/**
 * Makes the sockets of the connections to one peer, with what grpc-okhttp leaves out: a timeout for
 * connecting, one for the other side's first word (a process that is stopped accepts connections
 * and says nothing), no connection to ourselves or to what is not called, and counts. Thread-safe.
 */
final class PeerSockets extends SocketFactory {
    private final String host;
    private final PeerPolicy.Connection policy;
    private final OwnAddresses own;
    private final EgressPolicy egress;
    private final ConnectionCounts counts;

    /**
     * @param host by which the addresses are found that are connected to
     */
    PeerSockets(
            String host, PeerPolicy.Connection policy, PeerParts parts, ConnectionCounts counts) {
        this.host = host;
        this.policy = policy;
        this.own = parts.own();
        this.egress = parts.egress();
        this.counts = counts;
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        requireCalled(address, port);
        PeerSocket socket = new PeerSocket();
        try {
            socket.connect(new InetSocketAddress(address, port), timeout());
            socket.setSoTimeout(timeout());
            socket.count();
            return socket;
        } catch (IOException e) {
            counts.failed();
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(String name, int port) throws IOException {
        return createSocket(egress.resolve(name), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the system chooses the local address");
    }

    @Override
    public Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("the system chooses the local address");
    }

    private void requireCalled(InetAddress address, int port) throws ConnectException {
        try {
            egress.require(host, address);
            own.refuse(address, port);
        } catch (ConnectException e) {
            counts.failed();
            throw e;
        }
    }

    private int timeout() {
        return Math.toIntExact(policy.timeout().toMillis());
    }

    /** Counts itself, and waits with patience only for the first word. */
    private final class PeerSocket extends Socket {
        private final AtomicBoolean counted = new AtomicBoolean();

        void count() {
            counts.opened();
            counted.set(true);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FirstWord(this, super.getInputStream());
        }

        @Override
        public void close() throws IOException {
            if (counted.compareAndSet(true, false)) {
                counts.closed();
            }
            super.close();
        }
    }

    /** Silence at the start is the end of the connection, as if the other side had closed it. */
    private final class FirstWord extends FilterInputStream {
        private final Socket socket;
        private boolean heard;

        FirstWord(Socket socket, InputStream in) {
            super(in);
            this.socket = socket;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (heard) {
                return super.read(bytes, offset, length);
            }
            try {
                int count = super.read(bytes, offset, length);
                heard = true;
                socket.setSoTimeout(0);
                return count;
            } catch (SocketTimeoutException e) {
                counts.failed();
                return -1;
            }
        }
    }
}
