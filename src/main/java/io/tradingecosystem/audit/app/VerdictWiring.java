package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.verdicts.EvidenceGrpc;
import io.tradingecosystem.audit.api.verdicts.FalsePositives;
import io.tradingecosystem.audit.api.verdicts.GapRoutes;
import io.tradingecosystem.audit.api.verdicts.OutcomeGrpc;
import io.tradingecosystem.audit.api.verdicts.OutcomeRoutes;
import io.tradingecosystem.audit.api.verdicts.RunOutcomes;
import io.tradingecosystem.audit.api.verdicts.SourceGrpc;
import io.tradingecosystem.audit.api.verdicts.SourceRoutes;
import io.tradingecosystem.audit.api.verdicts.VerdictGrpc;
import io.tradingecosystem.audit.api.verdicts.VerdictMonitoring;
import io.tradingecosystem.audit.api.verdicts.VerdictProblems;
import io.tradingecosystem.audit.api.verdicts.VerdictRoutes;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.peer.PeerObserver;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.AlertPolicy;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.LifeReports;
import io.tradingecosystem.audit.scenario.VerdictBounds;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.ScenarioSettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.Store;

/** Whether what happened was right. */
public final class VerdictWiring {
    private VerdictWiring() {}

    /**
     * A referee that judges already, though its expectations may still be on their way; it is to be
     * closed before the log.
     */
    public static VerdictService start(Settings settings, Store store, Monitoring monitoring) {
        VerdictProblems.map(monitoring.problems());
        VerdictMonitoring observer = VerdictMonitoring.create(monitoring);
        VerdictService verdicts =
                VerdictService.create(
                        store, setup(settings), observer, monitoring.time().withSleep());
        verdicts.startWithoutWaiting();
        observer.show(verdicts, settings.scenario().lagWarning());
        return verdicts;
    }

    /** Lets verdicts be asked for, expectations be put, and senders tell what they lost. */
    public static void add(
            VerdictService verdicts, GapReports gaps, LinkService links, Doors doors) {
        FalsePositives alerts = FalsePositives.of(links.index(), links.progress()::now);
        VerdictRoutes routes = new VerdictRoutes(verdicts, alerts);
        VerdictGrpc grpc = new VerdictGrpc(verdicts, alerts, gaps);
        doors.routes("/api/v1", routes)
                .routes("/api/v1/gaps", new GapRoutes(gaps))
                .service(grpc)
                .link("/api/v1/verdicts", "the latest verdicts")
                .link("/api/v1/coverage", "which expectations were ever exercised")
                .onDrain(routes::end)
                .onDrain(grpc::end);
    }

    /** Shows services as sources of evidence. */
    public static void addSources(VerdictService verdicts, Monitoring monitoring, Doors doors) {
        doors.routes("/api/v1/sources", new SourceRoutes(verdicts, monitoring.clock()))
                .service(new SourceGrpc(verdicts, monitoring.clock()))
                .link("/api/v1/sources", "which services were heard, and who is silent");
    }

    /** Lets pipelines wait for what becomes of runs. */
    public static void addOutcomes(
            VerdictService verdicts, LinkService links, Monitoring monitoring, Doors doors) {
        RunOutcomes outcomes = new RunOutcomes(verdicts, links);
        doors.routes("/api/v1", new OutcomeRoutes(outcomes, monitoring.clock()))
                .service(new OutcomeGrpc(outcomes, monitoring.clock()))
                .service(new EvidenceGrpc(verdicts))
                .onDrain(outcomes::end);
    }

    /** Takes the word of probers that services are dead, or alive again. */
    public static PeerObserver lives(
            Store store, VerdictService verdicts, ServiceRegistry registry) {
        return new ToldLives(new LifeReports(store.log(), verdicts.sources()::deadSince), registry);
    }

    /** Takes the word of senders that they lost events. */
    public static GapReports gaps(
            Settings settings, EventAliases aliases, Store store, Monitoring monitoring) {
        return new GapReports(
                store.log(),
                aliases,
                settings.scenario().maxGap(),
                settings.ingest().future(),
                monitoring.clock());
    }

    /** What the settings say about judging. */
    public static VerdictSetup setup(Settings settings) {
        ScenarioSettings scenario = settings.scenario();
        var skew =
                new ClockSkew(
                        scenario.clockSkew(),
                        ClockSkew.parse(scenario.clockSkewPairs()).orElseThrow());
        return new VerdictSetup(
                settings.service().name(),
                scenario.expectations(),
                new Tolerances(scenario.allowedLateness(), skew, scenario.catchUp()),
                bounds(scenario),
                AlertPolicy.of(scenario.alerts()),
                Intake.aliases(settings.ingest()),
                scenario.parameters());
    }

    private static VerdictBounds bounds(ScenarioSettings scenario) {
        return new VerdictBounds(
                scenario.maxVerdicts(),
                scenario.maxOpen(),
                scenario.maxHeld(),
                VerdictBounds.DEFAULT.maxCached(),
                scenario.searchBudget());
    }
}
