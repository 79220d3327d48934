package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.PeerGrpc;
import io.tradingecosystem.audit.neighbours.PeerMonitoring;
import io.tradingecosystem.audit.neighbours.PeerProblems;
import io.tradingecosystem.audit.neighbours.PeerRoutes;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerObserver;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.ServerSettings;
import io.tradingecosystem.audit.settings.Settings;

import java.net.InetSocketAddress;
import java.util.Random;

/** Calls to other services. */
public final class PeerWiring {
    private PeerWiring() {}

    /** Peers that are watched already; they are to be closed before the registry. */
    public static PeerClients start(
            Settings settings,
            ServiceRegistry registry,
            EgressPolicy egress,
            Monitoring monitoring) {
        return start(settings, registry, egress, PeerObserver.NONE, monitoring);
    }

    /** The same, also watched by somebody else. */
    public static PeerClients start(
            Settings settings,
            ServiceRegistry registry,
            EgressPolicy egress,
            PeerObserver other,
            Monitoring monitoring) {
        PeerProblems.map(monitoring.problems());
        PeerMonitoring observer = PeerMonitoring.create(monitoring);
        PeerClients peers =
                PeerClients.create(
                        registry,
                        settings.peers(),
                        egress,
                        PeerObserver.both(observer, other),
                        monitoring.time(),
                        new Random());
        observer.show(peers);
        return peers;
    }

    /** Lets it be asked how the peers are. */
    public static void add(PeerClients peers, Doors doors) {
        doors.routes("/api/v1/peers", new PeerRoutes(peers))
                .service(new PeerGrpc(peers))
                .link("/api/v1/peers", "how the peers are");
    }

    /** Says what is ourselves: where we listen, and what we tell others. */
    static void listening(
            PeerClients peers, ServerSettings server, OpenDoors open, ServiceInstance own) {
        peers.listeningOn(new InetSocketAddress(server.http().host(), open.httpPort()));
        peers.listeningOn(new InetSocketAddress(server.grpc().host(), open.grpcPort()));
        own.httpPort()
                .ifPresent(port -> peers.listeningOn(new InetSocketAddress(own.host(), port)));
        own.grpcPort()
                .ifPresent(port -> peers.listeningOn(new InetSocketAddress(own.host(), port)));
    }
}
