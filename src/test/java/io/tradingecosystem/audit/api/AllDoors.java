package io.tradingecosystem.audit.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.access.Denials;
import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.log.AccessLog;
import io.tradingecosystem.audit.app.AccessWiring;
import io.tradingecosystem.audit.app.ComparisonWiring;
import io.tradingecosystem.audit.app.DoorWiring;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.app.LinkWiring;
import io.tradingecosystem.audit.app.NotifyWiring;
import io.tradingecosystem.audit.app.PeerWiring;
import io.tradingecosystem.audit.app.TopologyWiring;
import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.otlp.Otlp;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.RegistryGrpc;
import io.tradingecosystem.audit.neighbours.RegistryMonitoring;
import io.tradingecosystem.audit.neighbours.RegistryRoutes;
import io.tradingecosystem.audit.notify.NotificationService;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Every door of the service, on a log in memory. */
final class AllDoors implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();

    final MemoryStore store = MemoryStore.create(CLOCK, Set.of());
    final VerdictService verdicts;
    final LinkService links;
    final NotificationService notifications;
    final Intake intake;
    final OpenDoors doors;
    final Http http;
    final AccessLog accesses;
    private final Monitoring monitoring;
    private final ServiceRegistry registry;
    private final PeerClients peers;
    private int runs;

    private AllDoors(
            Optional<Path> file,
            Map<String, String> changes,
            LongSupplier ticker,
            Guarding guarding) {
        Map<String, String> apart = new HashMap<>(Map.of("registry.backend", "in-process"));
        apart.putAll(changes);
        Settings settings = TestSettings.of(file, apart);
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH),
                        new Time(CLOCK, ticker));
        Doors all = DoorWiring.start(settings, monitoring);
        registry =
                ServiceRegistry.create(
                        settings.registry(), RegistryMonitoring.create(monitoring), CLOCK);
        verdicts = VerdictWiring.start(settings, store.store(), monitoring);
        notifications = NotifyWiring.start(settings, store.store(), verdicts, monitoring);
        NotifyWiring.add(notifications, all);
        EgressPolicy egress = EgressPolicy.create(List.of(), kind -> {});
        peers =
                PeerWiring.start(
                        settings,
                        registry,
                        egress,
                        VerdictWiring.lives(store.store(), verdicts, registry),
                        monitoring);
        links = LinkWiring.start(settings, store.store(), monitoring);
        Limits limits = LimitWiring.start(settings, monitoring);
        intake = EventWiring.start(settings, store.store(), limits, monitoring);
        EventWiring.add(
                settings,
                intake,
                links.index(),
                links.progress()::now,
                store.store(),
                monitoring,
                all);
        Otlp.add(all, intake, settings.server().grpc().maxMessageSize(), monitoring);
        LinkWiring.add(settings, links, intake.aliases(), store.store(), monitoring, all);
        GapReports gaps = VerdictWiring.gaps(settings, intake.aliases(), store.store(), monitoring);
        VerdictWiring.add(verdicts, gaps, links, all);
        VerdictWiring.addOutcomes(verdicts, links, monitoring, all);
        VerdictWiring.addSources(verdicts, monitoring, all);
        ComparisonWiring.add(store.store(), links, verdicts, monitoring, all);
        PeerWiring.add(peers, all);
        TopologyWiring.add(
                settings,
                monitoring.status().identity(),
                registry,
                peers,
                store.store(),
                links,
                monitoring,
                all);
        all.routes("/api/v1/services", new RegistryRoutes(registry, egress, CLOCK));
        all.service(new RegistryGrpc(registry, egress, CLOCK));
        accesses = AccessWiring.start(settings, monitoring);
        AccessWiring.show(accesses, all);
        guarding.guard(settings, limits, accesses, monitoring, all);
        doors = all.open();
        http = Http.of(doors.httpPort());
    }

    /** Doors that everybody may use. */
    static AllDoors open() {
        return new AllDoors(
                Optional.empty(),
                Map.of(),
                System::nanoTime,
                (settings, limits, log, monitoring, doors) ->
                        AccessWiring.addPage(
                                AccessWiring.policy(settings, Optional.empty(), limits, monitoring),
                                Denials.create(monitoring.meters()),
                                doors));
    }

    /** Doors that ask who may. */
    static AllDoors guarded(Path file, Map<String, String> changes, AdminToken admin) {
        return guarded(file, changes, admin, System::nanoTime);
    }

    /**
     * The same in a time of its own.
     *
     * @param ticker monotonic time in nanoseconds
     */
    static AllDoors guarded(
            Path file, Map<String, String> changes, AdminToken admin, LongSupplier ticker) {
        return new AllDoors(
                Optional.of(file),
                changes,
                ticker,
                (settings, limits, log, monitoring, doors) ->
                        AccessWiring.add(
                                settings, Optional.of(admin), limits, log, monitoring, doors));
    }

    private interface Guarding {
        void guard(
                Settings settings,
                Limits limits,
                AccessLog log,
                Monitoring monitoring,
                Doors doors);
    }

    /** The published description. */
    JsonNode document() {
        try {
            return new YAMLMapper().readTree(http.get("/openapi.yaml").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chaos run with an alert, linked and judged: events {@code t-RUN} and {@code a-RUN}. */
    void run(String run) {
        append(run);
        runs++;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.lastSequence() >= 2L * runs && links.lastSequence() >= runs);
    }

    /** The events of a run, whatever is made of them. */
    void append(String run) {
        Instant now = CLOCK.instant();
        store.append(
                List.of(
                        AuditEvent.builder("test-coordinator", "chaos.injected")
                                .id("t-" + run)
                                .occurredAt(now.minusSeconds(100))
                                .scenarioId(run)
                                .attribute("chaos", "stablecoin-depeg")
                                .build(),
                        AuditEvent.builder("risk-monitor", "risk.alert.raised")
                                .id("a-" + run)
                                .severity(Severity.CRITICAL)
                                .occurredAt(now.minusSeconds(80))
                                .scenarioId(run)
                                .build()));
    }

    @Override
    public void close() throws Exception {
        doors.close();
        accesses.close();
        notifications.close();
        verdicts.close();
        peers.close();
        links.close();
        registry.close();
        monitoring.close();
    }
}
