package io.tradingecosystem.audit.api;

import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.server.grpc.PeerAddress;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Who has something said by a request or call, as its door knows. */
public final class Tellers {
    private static final String ANONYMOUS = "anonymous";

    private Tellers() {}

    /** Who sends a request over HTTP. */
    public static Teller of(ServerRequest request) {
        return teller(Door.HTTP, Optional.of(request.remotePeer().address()));
    }

    /** Who makes the call over gRPC that this thread serves. */
    public static Teller ofCall() {
        return teller(Door.GRPC, PeerAddress.current());
    }

    /** Whether whom this thread works for may speak for a service. */
    public static Predicate<String> mayTellOf() {
        Optional<Caller> caller = Caller.current();
        return service -> caller.isEmpty() || caller.get().maySpeakFor(service);
    }

    private static Teller teller(Door door, Optional<SocketAddress> address) {
        Caller caller = Caller.current().orElse(Caller.NONE);
        return new Teller(
                caller.name().isEmpty() ? ANONYMOUS : caller.name(),
                caller.kind().name().toLowerCase(Locale.ROOT),
                door.label(),
                address.map(Tellers::withoutPort).orElse(""));
    }

    private static String withoutPort(SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }
}
