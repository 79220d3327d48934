package io.tradingecosystem.audit.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.settings.HttpSettings;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A connection of HTTP/1.1. The first head must be there within its bound from the start, TLS
 * handshake included; each later one from its first byte. Between requests Helidon looks after idle
 * connections. A body may take as long as it likes, but not fall silent. The thread of the
 * connection uses it; the memory of a body may be asked for by others.
 *
 * <p>Fault: that of {@link BoundedConnection}.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http1Connection.handle}, reads on after {@code Connection:
 * close}, whoever said it, so that the rest of a refused body would be taken for requests. Shown
 * by: {@code HelidonFaultsTest.shouldReadOnAfterAnAnswerThatClosesTheConnection}. Held by: {@code
 * HttpAttackTest.shouldNotTakeTheRestOfARefusedBodyForARequest}. Look again: Helidon 4.6.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http1Connection.handle}, takes the end of a connection in the
 * middle of a request for an internal error. Held by: {@code
 * HttpAttackTest.shouldForgetAClientThatGoesInTheMiddle}. Look again: Helidon 4.6.
 */
public final class HttpConnection extends BoundedConnection {
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final long headTimeout;
    private final long bodyTimeout;
    private final LongSupplier ticker;
    private final InboundMemory memory;
    private final PeerInfo peer;
    private final RequestReader requests;
    private Optional<BareAnswer> bare = Optional.empty();
    private boolean answered;
    private volatile Optional<BodyMemory> body = Optional.empty();
    private @Nullable Http1Connection connection;
    private volatile boolean head = true;
    private boolean begun = true;
    private boolean fresh = true;
    private long began;

    public HttpConnection(
            ConnectionContext context,
            HttpSettings settings,
            Set<String> codings,
            InboundMemory memory,
            LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.headTimeout = settings.headTimeout().toNanos();
        this.bodyTimeout = settings.bodyTimeout().toNanos();
        this.memory = memory;
        this.requests = new RequestReader(codings);
        this.peer = new Peer(context.remotePeer(), this);
        this.ticker = ticker;
        this.began = ticker.getAsLong();
    }

    /** The connection that a request came by. */
    public static HttpConnection of(ServerRequest request) {
        return ((Peer) request.remotePeer()).connection();
    }

    /** Tells each connection, by its context, how far it has come with a request. */
    public static Http1ConnectionListener requests() {
        return new Http1ConnectionListener() {
            @Override
            public void prologue(ConnectionContext context, HttpPrologue prologue) {
                ((HttpConnection) context).beginHead();
            }

            @Override
            public void headers(ConnectionContext context, Headers headers) {
                ((HttpConnection) context).endHead(headers);
                ((HttpConnection) context).closeIfLast(headers);
            }
        };
    }

    /** Tells each connection, by its context, how it is answered. */
    public static Http1ConnectionListener answers() {
        return new Http1ConnectionListener() {
            @Override
            public void headers(ConnectionContext context, Headers headers) {
                ((HttpConnection) context).closeIfLast(headers);
            }
        };
    }

    /**
     * Helidon 4.5.0 goes on reading after {@code Connection: close}, whoever said it, so that the
     * rest of a refused body would be taken for requests.
     */
    private void closeIfLast(Headers headers) {
        if (connection != null
                && headers.contains(HeaderNames.CONNECTION)
                && headers.containsToken(HeaderValues.CONNECTION_CLOSE)
                && !connection.canInterrupt()) {
            connection.close(false);
        }
    }

    private void beginHead() {
        if (!head) {
            beginHead(true, ticker.getAsLong());
        }
    }

    private void beginHead(boolean hasBegun, long now) {
        head = true;
        begun = hasBegun;
        began = now;
        forgetBody();
    }

    private void endHead(Headers headers) {
        head = false;
        if (hasBody(headers)) {
            body = Optional.of(new BodyMemory(memory, this::cutRead));
        }
    }

    private static boolean hasBody(Headers headers) {
        return headers.contains(HeaderNames.CONTENT_LENGTH)
                || headers.contains(HeaderNames.TRANSFER_ENCODING);
    }

    private void forgetBody() {
        body.ifPresent(BodyMemory::close);
        body = Optional.empty();
    }

    /** What the body of the request takes that is served now, if it has one. */
    public Optional<BodyMemory> body() {
        return body;
    }

    /**
     * Tells on a thread of its own when the client has gone, or this connection is closed. What
     * comes from the client is read off meanwhile, so the answer that is sent now is the last one:
     * it says {@code Connection: close}.
     *
     * @param thread the name of the thread
     */
    public void whenGone(String thread, Runnable gone) {
        Thread.ofVirtual()
                .name(thread)
                .start(
                        () -> {
                            readOff(ticker.getAsLong() + ENDLESS);
                            gone.run();
                        });
    }

    /** Whether the request that is served now asks for the head of its answer only. */
    public boolean isHead() {
        return requests.head().isHead();
    }

    /** The next bytes that the client sent, in the form that Helidon reads. */
    @Override
    public byte[] get() {
        byte[] next = requests.next();
        while (next.length == 0) {
            byte[] bytes = more();
            if (bytes == null) {
                return bytes;
            }
            requests.add(bytes);
            next = requests.next();
        }
        if (requests.takeHead()) {
            answered = false;
            bare = BareAnswer.to(requests.head());
        }
        return next;
    }

    private byte[] more() {
        if (requests.takeContinue()) {
            if (answered) {
                throw new CloseConnectionException("The body is not wanted any more");
            }
            super.write(BufferData.create(CONTINUE));
        }
        return super.get();
    }

    @Override
    public void write(BufferData buffer) {
        answered = true;
        if (bare.isEmpty()) {
            super.write(buffer);
        } else {
            super.write(BufferData.create(bare.get().next(buffer.readBytes())));
        }
    }

    @Override
    void servedBy(ServerConnection served) {
        if (served instanceof Http1Connection http) {
            connection = http;
        }
    }

    @Override
    long readDeadline(long now) {
        // It can be interrupted while it reads the first line of a request, and only then.
        if (!head && connection != null && connection.canInterrupt()) {
            beginHead(requests.hasPartOfHead(), now);
        }
        if (head) {
            return begun ? began + headTimeout : now + ENDLESS;
        }
        body.ifPresent(BodyMemory::awaitMore);
        return now + bodyTimeout;
    }

    @Override
    OptionalLong silentSince() {
        return head && (fresh || !begun) ? OptionalLong.of(began) : OptionalLong.empty();
    }

    @Override
    void received(long now, int count) {
        fresh = false;
        if (head && !begun) {
            begun = true;
            began = now;
        }
        if (!head) {
            receivedOfBody(count);
        }
    }

    /** Nothing of what came before is unread: the reader asks for more only then. */
    private void receivedOfBody(int count) {
        body.ifPresent(memory -> memory.came(count));
        body.ifPresent(memory -> memory.unread(count));
    }

    /** In the middle of a request Helidon would take the end for an internal error. */
    @Override
    void ended() {
        throw new CloseConnectionException("The client has gone");
    }

    @Override
    Reason reading() {
        return head ? Reason.HEAD : Reason.BODY;
    }

    @Override
    public PeerInfo remotePeer() {
        return peer;
    }

    @Override
    void linger() {
        if (requests.hasRefused() || body.filter(BodyMemory::isCutOff).isPresent()) {
            readOff(ticker.getAsLong() + Math.min(LINGER, bodyTimeout));
        }
    }

    @Override
    public void close() {
        super.close();
        forgetBody();
    }

    /** The client, which leads from a request to its connection. */
    private record Peer(PeerInfo info, HttpConnection connection) implements PeerInfo {
        @Override
        public SocketAddress address() {
            return info.address();
        }

        @Override
        public String host() {
            return info.host();
        }

        @Override
        public int port() {
            return info.port();
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return info.tlsPrincipal();
        }

        @Override
        public Optional<Certificate[]> tlsCertificates() {
            return info.tlsCertificates();
        }
    }
}
