package io.tradingecosystem.audit.server;

import io.helidon.common.task.InterruptableTask;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.tradingecosystem.audit.settings.HttpSettings;

import java.util.function.LongSupplier;

/**
 * A connection of HTTP/1.1. The first head must be there within its bound from the start, TLS
 * handshake included; each later one from its first byte. Between requests Helidon looks after idle
 * connections. A body may take as long as it likes, but not fall silent.
 */
final class HttpConnection extends BoundedConnection {
    private final long headTimeout;
    private final long bodyTimeout;
    private final LongSupplier ticker;
    private InterruptableTask<?> connection = () -> false;
    private volatile boolean head = true;
    private boolean begun = true;
    private long began;

    HttpConnection(ConnectionContext context, HttpSettings settings, LongSupplier ticker) {
        super(context, settings.writeTimeout(), ticker);
        this.headTimeout = settings.headTimeout().toNanos();
        this.bodyTimeout = settings.bodyTimeout().toNanos();
        this.ticker = ticker;
        this.began = ticker.getAsLong();
    }

    /** Tells each connection, by its context, how far the reading of a request has come. */
    static Http1ConnectionListener progress() {
        return new Http1ConnectionListener() {
            @Override
            public void prologue(ConnectionContext context, HttpPrologue prologue) {
                ((HttpConnection) context).beginHead();
            }

            @Override
            public void headers(ConnectionContext context, Headers headers) {
                ((HttpConnection) context).head = false;
            }
        };
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
        if (served instanceof InterruptableTask<?> task) {
            connection = task;
        }
    }

    @Override
    long readDeadline(long now) {
        // It can be interrupted while it reads the first line of a request, and only then.
        if (!head && connection.canInterrupt()) {
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
    }

    @Override
    Reason reading() {
        return head ? Reason.HEAD : Reason.BODY;
    }
}
