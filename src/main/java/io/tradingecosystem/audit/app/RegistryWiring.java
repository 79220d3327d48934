package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.RegistryGrpc;
import io.tradingecosystem.audit.neighbours.RegistryMonitoring;
import io.tradingecosystem.audit.neighbours.RegistryRoutes;
import io.tradingecosystem.audit.registry.OwnInstance;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;

/** Who is where. */
final class RegistryWiring {
    private RegistryWiring() {}

    /** A registry that is shown; nobody is registered yet. */
    static ServiceRegistry start(Settings settings, Monitoring monitoring) {
        RegistryMonitoring observer = RegistryMonitoring.create(monitoring);
        ServiceRegistry registry =
                ServiceRegistry.create(settings.registry(), observer, monitoring.clock());
        observer.show(registry);
        return registry;
    }

    /** Lets instances be asked for. */
    static void add(
            ServiceRegistry registry, EgressPolicy egress, Monitoring monitoring, Doors doors) {
        doors.routes("/api/v1/services", new RegistryRoutes(registry, egress, monitoring.clock()))
                .service(new RegistryGrpc(registry, egress, monitoring.clock()))
                .link("/api/v1/services", "who is where");
    }

    /** This process, as the others of the ecosystem find it. */
    static ServiceInstance own(Settings settings, Identity identity, OpenDoors open) {
        return OwnInstance.of(
                identity.instance(),
                settings.service(),
                settings.registry(),
                open.httpPort(),
                open.grpcPort());
    }
}
