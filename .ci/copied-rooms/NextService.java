package io.tradingecosystem.next.app;

import io.tradingecosystem.next.common.Time;
import io.tradingecosystem.next.monitoring.Build;
import io.tradingecosystem.next.monitoring.Identity;
import io.tradingecosystem.next.monitoring.Monitoring;
import io.tradingecosystem.next.server.Doors;
import io.tradingecosystem.next.settings.Settings;

import java.util.Optional;

/** The smallest service made of the copied rooms; prints its ports, serves until killed. */
final class NextService {
    private NextService() {}

    public static void main(String[] arguments) {
        var settings =
                Settings.load(Optional.empty(), System.getenv(), System.getProperties()).settings();
        var time = Time.system();
        var identity = Identity.of(settings, Build.read(), time.now());
        LogWiring.configure(settings.logging(), identity.logged(), System.err);
        var monitoring = Monitoring.create(identity, time);
        var doors = Doors.create(settings.server(), monitoring).about("The next service.");
        var registry = RegistryWiring.start(settings, monitoring);
        var egress = EgressWiring.create(settings, monitoring);
        var peers = PeerWiring.start(settings, registry, egress, monitoring);
        ConfigurationWiring.start(settings, registry, egress, monitoring);
        RegistryWiring.add(registry, egress, monitoring, doors);
        PeerWiring.add(peers, doors);
        var open = doors.open();
        var own = RegistryWiring.own(settings, identity, open);
        PeerWiring.listening(peers, settings.server(), open, own);
        registry.register(own);
        System.out.println("ports " + open.httpPort() + " " + open.grpcPort());
    }
}
