package io.tradingecosystem.next.app;

import io.tradingecosystem.next.registry.OwnInstance;
import io.tradingecosystem.next.registry.ServiceRegistry;
import io.tradingecosystem.next.monitoring.Build;
import io.tradingecosystem.next.server.Doors;
import io.tradingecosystem.next.monitoring.Identity;
import io.tradingecosystem.next.monitoring.Monitoring;
import io.tradingecosystem.next.neighbours.RegistryMonitoring;
import io.tradingecosystem.next.neighbours.RegistryRoutes;
import io.tradingecosystem.next.settings.Settings;

import java.time.InstantSource;
import java.util.Optional;

/** The smallest service made of the copied rooms; prints its ports, serves until killed. */
final class NextService {
    private NextService() {}

    public static void main(String[] arguments) {
        var settings =
                Settings.load(Optional.empty(), System.getenv(), System.getProperties()).settings();
        var clock = InstantSource.system();
        var identity = Identity.of(settings, Build.read(), clock.instant());
        LogWiring.configure(settings.logging(), identity.logged(), System.err);
        var monitoring = Monitoring.create(identity, clock, System::nanoTime);
        var doors = Doors.create(settings.server(), monitoring).about("The next service.");
        var shown = RegistryMonitoring.create(monitoring);
        var registry = ServiceRegistry.create(settings.registry(), shown, clock);
        shown.show(registry);
        doors.routes("/api/v1/services", new RegistryRoutes(registry, clock));
        var peers = PeerWiring.start(settings.peers(), registry, monitoring, doors);
        ConfigurationWiring.start(settings, registry, monitoring);
        var open = doors.open();
        var own =
                OwnInstance.of(
                        identity.instance(),
                        settings.service(),
                        settings.registry(),
                        open.httpPort(),
                        open.grpcPort());
        PeerWiring.listening(peers, settings.server(), open, own);
        registry.register(own);
        System.out.println("ports " + open.httpPort() + " " + open.grpcPort());
    }
}
