package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.log.AccessLog;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.otlp.Otlp;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.notify.NotificationService;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.store.StoreOpening;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The composition root: what is built, from what, in which order it starts. It ends in reverse
 * order.
 */
public final class AuditCorrelator implements AutoCloseable {
    private final Parts parts;
    private final Identity identity;
    private final OpenDoors doors;
    private final AdminToken admin;
    private final Neighbours neighbours;

    private AuditCorrelator(
            Parts parts,
            Identity identity,
            OpenDoors doors,
            AdminToken admin,
            Neighbours neighbours) {
        this.parts = parts;
        this.identity = identity;
        this.doors = doors;
        this.admin = admin;
        this.neighbours = neighbours;
    }

    /** Starts the service; it serves when this returns. If a part cannot start, none is left. */
    public static AuditCorrelator start(Settings settings) {
        Parts parts = new Parts();
        try {
            return start(settings, Time.system(), parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static AuditCorrelator start(Settings settings, Time time, Parts parts) {
        // Before anything is written: where a port is taken, somebody else may be at work here.
        Doors.requireFree(settings.server());
        // The log opens on the other core while the rest begins to be built.
        StoreOpening opening =
                parts.add("store opening", StoreOpening.begin(settings.store(), time));
        Identity identity = Identity.of(settings, Build.read(), time.now());
        Monitoring monitoring = parts.add("monitoring", Monitoring.create(identity, time));
        Doors doors = DoorWiring.start(settings, monitoring);
        EventStore events = parts.add("store", StoreWiring.start(opening, monitoring));
        Store store = events.store();
        AdminToken admin = AdminToken.of(settings.store().path());
        Limits limits = LimitWiring.start(settings, monitoring);
        AccessLog accesses = parts.add("access log", AccessWiring.start(settings, monitoring));
        AccessWiring.add(settings, Optional.of(admin), limits, accesses, monitoring, doors);
        AccessWiring.show(accesses, doors);
        LinkService links = parts.add("links", LinkWiring.start(settings, store, monitoring));
        Intake intake = EventWiring.start(settings, store, limits, monitoring);
        VerdictService verdicts =
                parts.add("scenarios", VerdictWiring.start(settings, store, monitoring));
        NotificationService notifications =
                parts.add("webhooks", NotifyWiring.start(settings, store, verdicts, monitoring));
        ServiceRegistry registry =
                parts.add("registry", RegistryWiring.start(settings, monitoring));
        EgressPolicy egress = EgressWiring.create(settings, monitoring);
        PeerClients peers =
                parts.add(
                        "peers",
                        PeerWiring.start(
                                settings,
                                registry,
                                egress,
                                VerdictWiring.lives(store, verdicts, registry),
                                monitoring));
        ConfigurationClient configuration =
                parts.add(
                        "configuration",
                        ConfigurationWiring.start(settings, registry, egress, monitoring));
        RuntimeSettings.obey(settings, configuration, events, links);

        EventWiring.add(
                settings, intake, links.index(), links.progress()::now, store, monitoring, doors);
        Otlp.add(doors, intake, settings.server().grpc().maxMessageSize(), monitoring);
        LinkWiring.add(settings, links, intake.aliases(), store, monitoring, doors);
        GapReports gaps = VerdictWiring.gaps(settings, intake.aliases(), store, monitoring);
        VerdictWiring.add(verdicts, gaps, links, doors);
        VerdictWiring.addOutcomes(verdicts, links, monitoring, doors);
        VerdictWiring.addSources(verdicts, monitoring, doors);
        NotifyWiring.add(notifications, doors);
        ComparisonWiring.add(store, links, verdicts, monitoring, doors);
        RegistryWiring.add(registry, egress, monitoring, doors);
        PeerWiring.add(peers, doors);
        TopologyWiring.add(settings, identity, registry, peers, store, links, monitoring, doors);

        // Both were at work while the rest was built.
        links.awaitDefinitions();
        verdicts.awaitDefinitions();
        // What is closed at the end is not out of order.
        parts.add("conditions", monitoring.conditions());
        parts.add("presence", verdicts::doorsClosed);
        OpenDoors open = parts.add("doors", doors.open());
        verdicts.doorsOpened();
        ServiceInstance own = RegistryWiring.own(settings, identity, open);
        PeerWiring.listening(peers, settings.server(), open, own);
        parts.add("registration", registry.register(own));
        return new AuditCorrelator(
                parts, identity, open, admin, new Neighbours(settings, registry, configuration));
    }

    /** Who this is. */
    public Identity identity() {
        return identity;
    }

    /** The token that may do everything. */
    public AdminToken adminToken() {
        return admin;
    }

    /** Which neighbours are there. */
    public Neighbours neighbours() {
        return neighbours;
    }

    /** The port of the HTTP listener. */
    public int httpPort() {
        return doors.httpPort();
    }

    /** The port of the gRPC listener. */
    public int grpcPort() {
        return doors.grpcPort();
    }

    /** Where the HTTP listener is, seen from this machine. */
    public String httpAddress() {
        return doors.httpAddress();
    }

    /** Where the gRPC listener is, seen from this machine, and how it is spoken to. */
    public String grpcAddress() {
        return doors.grpcAddress();
    }

    /** Tells once, on another thread, why the service can be of no use any more. */
    public void onFailure(Consumer<ListenerException> listener) {
        doors.onFailure(listener);
    }

    /** Ends the service in order; requests in flight finish. */
    @Override
    public void close() {
        doors.announceEnd();
        parts.close();
    }
}
