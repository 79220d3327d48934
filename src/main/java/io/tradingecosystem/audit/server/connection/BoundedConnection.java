package io.tradingecosystem.audit.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.logging.EventLogger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLException;

/**
 * A connection on which no wait for the peer is longer than its bound: the bound of a read follows
 * from what is read, the wait of a write is over when the peer takes nothing for the write timeout.
 * A connection whose wait is over is closed. The class is the socket and the context of its
 * connection at once, so that whoever reads, writes or closes goes through here. One thread reads
 * at a time; writes and the close may come from others. A read or write costs two uncontended
 * locks.
 *
 * <p>Fault: Helidon 4.5.0, {@code NioSocket.get} and {@code NioSocket.write}, wait without a bound;
 * the timeouts of {@code SocketOptions} do not reach a channel, and {@code TlsNioSocket.close}
 * waits like a write. Shown by: {@code
 * HelidonFaultsTest.shouldWaitForAHeadThatNeverEndsWhateverTheReadTimeout}, {@code
 * HelidonFaultsTest.shouldWaitForAClientThatDoesNotRead}. Held by: {@code SlowPeersTest}, {@code
 * TlsDoorsTest}. Look again: Helidon 4.6.
 */
public abstract class BoundedConnection implements ConnectionContext, HelidonSocket {
    /**
     * No bound. Half of what there is, as the watch may look with a time from just before the wait:
     * with all of it the difference would turn round, and the wait be over at once.
     */
    static final long ENDLESS = Long.MAX_VALUE / 2;

    private static final EventLogger LOG = EventLogger.of(BoundedConnection.class);
    // A write is bounded piece by piece: a peer that takes one in time makes progress.
    private static final int PIECE = 16 << 10;

    private final ConnectionContext context;
    private final HelidonSocket socket;
    private final long writeTimeout;
    private final LongSupplier ticker;
    private final DataReader reader = DataReader.create(this);
    private final DataWriter writer = SocketWriter.create(this);
    private final PeerWait reading = new PeerWait();
    private final PeerWait writing = new PeerWait();
    private final PeerWait closing = new PeerWait();
    private final PeerWait lingering = new PeerWait();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean greeted;
    private volatile Optional<SSLException> refusedHandshake = Optional.empty();

    BoundedConnection(ConnectionContext context, Duration writeTimeout, LongSupplier ticker) {
        this.context = context;
        this.socket = context.serverSocket();
        this.writeTimeout = writeTimeout.toNanos();
        this.ticker = ticker;
    }

    /** Names what serves this connection, before it does. */
    abstract void servedBy(ServerConnection connection);

    /** What a thread does before it reads, and perhaps waits. */
    void beforeRead() {}

    /** When the read that begins now must have brought something. */
    abstract long readDeadline(long now);

    /** Since when nothing of a request is there, where the read that begins now waits for one. */
    OptionalLong silentSince() {
        return OptionalLong.empty();
    }

    /** Bytes have come. */
    abstract void received(long now, int count);

    /** No more will come. */
    abstract void ended();

    /** What the peer is waited for when it is read from. */
    abstract Reason reading();

    /** What a peer let a connection wait for too long. */
    enum Reason {
        HEAD,
        BODY,
        WRITE
    }

    /** Ends the wait whose time is over, if there is one, and tells which. */
    Optional<Reason> expire(long now) {
        if (reading.expire(now)) {
            return Optional.of(reading());
        }
        lingering.expire(now);
        boolean stuck = writing.expire(now) || closing.expire(now);
        return stuck ? Optional.of(Reason.WRITE) : Optional.empty();
    }

    /** Since when the peer has asked for nothing; empty while it is served. */
    OptionalLong idleSince() {
        return reading.idleSince();
    }

    /** Closes the connection if the peer has asked for nothing; true if this call did it. */
    boolean closeIdle() {
        return reading.cutIdle();
    }

    /** Ends the wait of the thread that reads now. */
    final void cutRead() {
        reading.cut();
    }

    @Override
    public byte[] get() {
        DataReader before = context.dataReader();
        if (before.available() > 0) {
            return before.readBytes(before.available());
        }
        long now = ticker.getAsLong();
        beginRead(readDeadline(now));
        byte[] bytes;
        try {
            beforeRead();
            bytes = socket.get();
        } catch (UncheckedIOException e) {
            reading.end();
            noteRefusal(e.getCause());
            throw new ServerConnectionException("The peer cannot be read from", e);
        } catch (RuntimeException e) {
            reading.end();
            throw e;
        }
        inTime(reading.end());
        if (bytes == null) {
            ended();
        } else {
            greeted = true;
            received(ticker.getAsLong(), bytes.length);
        }
        return bytes;
    }

    /** Helidon shakes hands within the first reads, and what fails after that is no handshake. */
    private void noteRefusal(@Nullable IOException failure) {
        if (!greeted && failure instanceof SSLException refusal) {
            refusedHandshake = Optional.of(refusal);
        }
    }

    /** Why the handshake of TLS was refused, by whichever side. To the thread that reads. */
    final Optional<SSLException> refusedHandshake() {
        return refusedHandshake;
    }

    private void beginRead(long deadline) {
        OptionalLong silent = silentSince();
        if (silent.isPresent()) {
            reading.beginIdle(silent.getAsLong(), deadline);
        } else {
            reading.begin(deadline);
        }
    }

    @Override
    public void write(BufferData buffer) {
        while (buffer.available() > PIECE) {
            byte[] piece = new byte[PIECE];
            buffer.read(piece);
            writePiece(BufferData.create(piece));
        }
        writePiece(buffer);
    }

    private void writePiece(BufferData piece) {
        writing.begin(ticker.getAsLong() + writeTimeout);
        try {
            socket.write(piece);
        } catch (RuntimeException e) {
            inTime(writing.end());
            throw e;
        }
        inTime(writing.end());
    }

    /** The exception ends the connection; nobody takes it for an internal error. */
    private static void inTime(boolean over) {
        if (over) {
            String message = "The peer kept the connection waiting for too long";
            throw new ServerConnectionException(message, new SocketTimeoutException(message));
        }
    }

    /** Lets the peer read its last answer before the connection is closed. */
    void linger() {}

    /**
     * Reads off what nobody wants for a while, or until the peer closes: where a connection is
     * closed with something unread, the last answer may be lost on the way (RFC 9112, 9.6).
     */
    final void readOff(long until) {
        lingering.begin(until);
        try {
            byte[] bytes;
            do {
                bytes = socket.get();
            } while (bytes != null && ticker.getAsLong() - until < 0);
        } catch (UncheckedIOException e) {
            LOG.debug("connection.left", "reason", e.toString());
        } finally {
            lingering.end();
        }
    }

    /** TLS says goodbye, which waits for a peer that does not read, as any write does. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closing.begin(ticker.getAsLong() + writeTimeout);
            try {
                socket.close();
            } catch (UncheckedIOException e) {
                LOG.debug("connection.closed.already", "reason", e.toString());
            } finally {
                closing.end();
            }
        }
    }

    @Override
    @SuppressWarnings("removal")
    public int read(BufferData buffer) {
        throw new UnsupportedOperationException("read by the reader");
    }

    @Override
    public void idle() {
        socket.idle();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean protocolNegotiated() {
        return socket.protocolNegotiated();
    }

    @Override
    public String protocol() {
        return socket.protocol();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return this;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
