package io.tradingecosystem.audit.app;

import io.grpc.BindableService;
import io.tradingecosystem.audit.api.topology.TopologyGrpc;
import io.tradingecosystem.audit.api.topology.TopologyRoutes;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.grpc.CallNotes;
import io.tradingecosystem.audit.server.http.connect.ConnectRoutes;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.topology.Topology;

/** Which services there are, and who calls whom. */
public final class TopologyWiring {
    private TopologyWiring() {}

    /** Lets it be asked for and watched, over gRPC and over Connect. */
    public static void add(
            Settings settings,
            Identity identity,
            ServiceRegistry registry,
            PeerClients peers,
            Store store,
            LinkService links,
            Monitoring monitoring,
            Doors doors) {
        Topology topology =
                Topology.create(
                        settings.topology(),
                        identity.service(),
                        identity.instance(),
                        registry,
                        peers,
                        store.log(),
                        links,
                        monitoring.time());
        TopologyGrpc grpc = new TopologyGrpc(topology);
        BindableService noted = CallNotes.of(grpc);
        ConnectRoutes connect =
                ConnectRoutes.of(
                        noted, monitoring.problems(), settings.server().grpc().maxMessageSize());
        doors.service(noted)
                .routes(connect.path(), connect)
                .routes("/api/v1/topology", new TopologyRoutes(topology))
                .link("/api/v1/topology", "which services there are, and who calls whom")
                .onDrain(grpc::end);
    }
}
