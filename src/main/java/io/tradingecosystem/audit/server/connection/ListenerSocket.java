package io.tradingecosystem.audit.server.connection;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServerConfig;

import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/**
 * The socket that a listener of Helidon accepts connections from. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code ServerListener.listen}, closes its socket and waits for itself
 * without end when {@code accept} fails; {@code WebServer.isRunning} stays true, and no listener
 * that can be added is told. Held by: {@code FewFilesTest.shouldEndWithALineWhenAListenerEnds}.
 * Look again: Helidon 4.6.
 */
public final class ListenerSocket {
    private volatile Optional<ServerSocketChannel> channel = Optional.empty();

    /** A listener whose socket this is. */
    public ListenerConfig of(ListenerConfig listener) {
        return new Listener().from(listener).buildPrototype();
    }

    /** A server whose default socket this is. */
    public WebServerConfig of(WebServerConfig server) {
        return new Server().from(server).buildPrototype();
    }

    /** Whether the listener has begun to accept connections, and accepts no more. */
    public boolean hasEnded() {
        return channel.filter(socket -> !socket.isOpen()).isPresent();
    }

    private void opened(ServerSocketChannel socket) {
        channel = Optional.of(socket);
    }

    private final class Listener extends ListenerConfig.BuilderBase<Listener, ListenerConfig> {
        @Override
        public ListenerConfig buildPrototype() {
            preBuildPrototype();
            validatePrototype();
            return new OpenedListener(this);
        }

        private final class OpenedListener extends ListenerConfigImpl {
            OpenedListener(Listener builder) {
                super(builder);
            }

            @Override
            public void configureSocket(ServerSocketChannel socket) {
                super.configureSocket(socket);
                opened(socket);
            }
        }
    }

    private final class Server extends WebServerConfig.BuilderBase<Server, WebServerConfig> {
        @Override
        public WebServerConfig buildPrototype() {
            preBuildPrototype();
            validatePrototype();
            return new OpenedServer(this);
        }

        private final class OpenedServer extends WebServerConfigImpl {
            OpenedServer(Server builder) {
                super(builder);
            }

            @Override
            public void configureSocket(ServerSocketChannel socket) {
                super.configureSocket(socket);
                opened(socket);
            }
        }
    }
}
