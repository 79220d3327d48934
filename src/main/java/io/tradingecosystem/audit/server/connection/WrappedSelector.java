package io.tradingecosystem.audit.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.util.Set;

/**
 * Connections that another selector serves, with something done around each.
 *
 * <p>Fault: that of {@link WrappedConnection}.
 */
public abstract class WrappedSelector implements ServerConnectionSelector {
    private final ServerConnectionSelector selector;

    protected WrappedSelector(ServerConnectionSelector selector) {
        this.selector = selector;
    }

    /** What serves the connections. */
    protected final ServerConnectionSelector selector() {
        return selector;
    }

    @Override
    public final int bytesToIdentifyConnection() {
        return selector.bytesToIdentifyConnection();
    }

    @Override
    public final Support supports(BufferData data) {
        return selector.supports(data);
    }

    @Override
    public final Set<String> supportedApplicationProtocols() {
        return selector.supportedApplicationProtocols();
    }
}
