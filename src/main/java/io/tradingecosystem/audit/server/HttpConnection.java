package io.tradingecosystem.audit.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.settings.HttpSettings;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/**
 * A connection of HTTP/1.1. The first head must be there within its bound from the start, TLS
 * handshake included; each later one from its first byte. Between requests Helidon looks after idle
 * connections. A body may take as long as it likes, but not fall silent.
 *
 * <p>Helidon reads a chunk of a body, and the line before it, as a whole into memory and without a
 * bound; the bound is here.
 */
final class HttpConnection extends BoundedConnection {
    private static final long LEAST_AHEAD = 4 << 20;

    private final long headTimeout;
    private final long bodyTimeout;
    private final LongSupplier ticker;
    private final int mostAhead;
    private @Nullable Http1Connection connection;
    private volatile boolean head = true;
    private boolean begun = true;
    private long began;

    HttpConnection(ConnectionContext context, HttpSettings settings, LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.headTimeout = settings.headTimeout().toNanos();
        this.bodyTimeout = settings.bodyTimeout().toNanos();
        this.mostAhead = Math.toIntExact(Math.max(LEAST_AHEAD, settings.maxBodySize()));
        this.ticker = ticker;
        this.began = ticker.getAsLong();
    }

    /** Tells each connection, by its context, how far it has come with a request. */
    static Http1ConnectionListener requests() {
        return new Http1ConnectionListener() {
            @Override
            public void prologue(ConnectionContext context, HttpPrologue prologue) {
                ((HttpConnection) context).beginHead();
            }

            @Override
            public void headers(ConnectionContext context, Headers headers) {
                ((HttpConnection) context).head = false;
                ((HttpConnection) context).closeIfLast(headers);
            }
        };
    }

    /** Tells each connection, by its context, how it is answered. */
    static Http1ConnectionListener answers() {
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
            head = true;
            begun = true;
            began = ticker.getAsLong();
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
            head = true;
            begun = dataReader().available() > 0;
            began = now;
        }
        if (head) {
            return begun ? began + headTimeout : now + ENDLESS;
        }
        return now + bodyTimeout;
    }

    @Override
    void received(long now, int count) {
        if (head && !begun) {
            begun = true;
            began = now;
        }
        if (!head && dataReader().available() > mostAhead) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .setKeepAlive(false)
                    .message("One chunk of a body may have %d bytes.".formatted(mostAhead))
                    .build();
        }
    }

    /** In the middle of a request Helidon would take it for an error of ours. */
    @Override
    void ended() {
        throw new CloseConnectionException("The client has gone");
    }

    @Override
    Reason reading() {
        return head ? Reason.HEAD : Reason.BODY;
    }
}
