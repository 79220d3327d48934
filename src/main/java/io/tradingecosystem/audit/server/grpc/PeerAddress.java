package io.tradingecosystem.audit.server.grpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.helidon.common.socket.PeerInfo;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.Optional;

/**
 * Where a call comes from, with what its client proved in the TLS handshake.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code OkHttpServerTransport}, knows the certificates only of
 * connections whose TLS is its own; the address is all that it takes from a socket. Held by: {@code
 * CertificateAccessTest.shouldKnowACallerByItsCertificate}. Look again: grpc-okhttp 1.80.
 */
public final class PeerAddress extends InetSocketAddress {
    private static final long serialVersionUID = 1L;

    private static final Context.Key<SocketAddress> CURRENT = Context.key("peer-address");

    private final transient PeerInfo peer;

    private PeerAddress(InetSocketAddress address, PeerInfo peer) {
        super(address.getAddress(), address.getPort());
        this.peer = peer;
    }

    static SocketAddress of(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress address
                ? new PeerAddress(address, peer)
                : peer.address();
    }

    /** The context of a call, with where it comes from. */
    static Context context(ServerCall<?, ?> call) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return address == null ? Context.current() : Context.current().withValue(CURRENT, address);
    }

    /** Where the call comes from that this thread serves; empty if it serves none. */
    public static Optional<SocketAddress> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The chain of the client, its own certificate first; empty where it has shown none. */
    public static Optional<Certificate[]> certificates(SocketAddress address) {
        return address instanceof PeerAddress of ? of.peer.tlsCertificates() : Optional.empty();
    }
}
