package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.events.StoreMonitoring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.otlp.Otlp;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.RegistryGrpc;
import io.tradingecosystem.audit.neighbours.RegistryMonitoring;
import io.tradingecosystem.audit.neighbours.RegistryRoutes;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.OwnInstance;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreOpening;

/**
 * The composition root: what is built, from what, in which order it starts. It ends in reverse
 * order.
 */
public final class AuditCorrelator implements AutoCloseable {
    private final Parts parts;
    private final Identity identity;
    private final OpenDoors doors;
    private final Neighbours neighbours;

    private AuditCorrelator(
            Parts parts, Identity identity, OpenDoors doors, Neighbours neighbours) {
        this.parts = parts;
        this.identity = identity;
        this.doors = doors;
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
        // The log opens on the other core while the rest begins to be built.
        StoreOpening opening =
                parts.add("store opening", StoreOpening.begin(settings.store(), time));
        Identity identity = Identity.of(settings, Build.read(), time.now());
        Monitoring monitoring = parts.add("monitoring", Monitoring.create(identity, time));
        Doors doors = DoorWiring.create(settings.server(), monitoring);
        EventStore store = parts.add("store", store(opening, monitoring));
        LinkService links = parts.add("links", links(settings, monitoring, store));
        events(settings, monitoring, doors, store, links);
        VerdictService verdicts =
                parts.add("scenarios", scenarios(settings, monitoring, doors, store));
        ServiceRegistry registry = parts.add("registry", registry(settings, monitoring, doors));
        PeerClients peers =
                parts.add("peers", PeerWiring.start(settings.peers(), registry, monitoring, doors));
        ConfigurationClient configuration =
                parts.add(
                        "configuration", ConfigurationWiring.start(settings, registry, monitoring));
        obey(configuration, settings, store, links);

        // Both were at work while the rest was built.
        links.awaitDefinitions();
        verdicts.awaitDefinitions();
        OpenDoors open = parts.add("doors", doors.open());
        ServiceInstance own = own(settings, identity, open);
        PeerWiring.listening(peers, settings.server(), open, own);
        parts.add("registration", registry.register(own));
        return new AuditCorrelator(
                parts, identity, open, new Neighbours(settings, registry, configuration));
    }

    private static EventStore store(StoreOpening opening, Monitoring monitoring) {
        StoreMonitoring observer = StoreMonitoring.create(monitoring);
        EventStore store = opening.complete(observer);
        observer.show(store);
        return store;
    }

    private static LinkService links(Settings settings, Monitoring monitoring, EventStore store) {
        return LinkWiring.start(
                settings.service().name(),
                settings.correlation(),
                monitoring,
                store.log(),
                store.index(),
                store.projections());
    }

    private static void events(
            Settings settings,
            Monitoring monitoring,
            Doors doors,
            EventStore store,
            LinkService links) {
        Intake intake = EventWiring.intake(settings.ingest(), monitoring, doors, store.log());
        Otlp.add(doors, intake, settings.server().grpc().maxMessageSize(), monitoring);
        EventWiring.questions(intake, monitoring, doors, store.log(), store.index(), links.index());
        AnalysisWiring.questions(
                settings.correlation(), links, store.index(), intake.aliases(), doors, monitoring);
    }

    private static VerdictService scenarios(
            Settings settings, Monitoring monitoring, Doors doors, EventStore store) {
        return VerdictWiring.start(
                settings.service().name(),
                settings.scenario(),
                monitoring,
                doors,
                store.log(),
                store.index(),
                store.projections());
    }

    private static ServiceRegistry registry(Settings settings, Monitoring monitoring, Doors doors) {
        RegistryMonitoring observer = RegistryMonitoring.create(monitoring);
        ServiceRegistry registry =
                ServiceRegistry.create(settings.registry(), observer, monitoring.clock());
        observer.show(registry);
        doors.routes("/api/v1/services", new RegistryRoutes(registry, monitoring.clock()))
                .service(new RegistryGrpc(registry, monitoring.clock()))
                .link("/api/v1/services", "who is where");
        return registry;
    }

    private static void obey(
            ConfigurationClient configuration,
            Settings settings,
            EventStore store,
            LinkService links) {
        RuntimeSettings values = new RuntimeSettings(configuration);
        values.retention(settings.store(), store::keepFor);
        values.correlation(settings.correlation().enabled(), links::enable);
        values.storage();
    }

    /** This process, as the others of the ecosystem find it. */
    private static ServiceInstance own(Settings settings, Identity identity, OpenDoors open) {
        return OwnInstance.of(
                identity.instance(),
                settings.service(),
                settings.registry(),
                open.httpPort(),
                open.grpcPort());
    }

    /** Who this is. */
    public Identity identity() {
        return identity;
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

    /** Ends the service in order; requests in flight finish. */
    @Override
    public void close() {
        doors.announceEnd();
        parts.close();
    }
}
