package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.verdicts.VerdictGrpc;
import io.tradingecosystem.audit.api.verdicts.VerdictMonitoring;
import io.tradingecosystem.audit.api.verdicts.VerdictRoutes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.ScenarioSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projections;
import io.tradingecosystem.audit.store.Store;

/** Puts the referee on a log, and its doors into the doors. */
public final class VerdictWiring {
    private VerdictWiring() {}

    /**
     * A referee that judges already, though its expectations may still be on their way; it is to be
     * closed before the log.
     */
    public static VerdictService start(
            String service,
            ScenarioSettings settings,
            Monitoring monitoring,
            Doors doors,
            EventLog log,
            EventIndex index,
            Projections projections) {
        VerdictMonitoring observer = VerdictMonitoring.create(monitoring);
        VerdictService verdicts =
                VerdictService.create(
                        new Store(log, index, projections),
                        new VerdictSetup(
                                service,
                                settings.expectations(),
                                new Tolerances(
                                        settings.allowedLateness(),
                                        settings.clockSkew(),
                                        settings.catchUp()),
                                settings.maxVerdicts()),
                        observer,
                        monitoring.time());
        verdicts.startWithoutWaiting();
        observer.show(verdicts);
        VerdictRoutes routes = new VerdictRoutes(verdicts);
        VerdictGrpc grpc = new VerdictGrpc(verdicts);
        doors.routes("/api/v1", routes)
                .service(grpc)
                .link("/api/v1/verdicts", "the latest verdicts")
                .link("/api/v1/coverage", "which expectations were ever exercised")
                .onDrain(routes::end)
                .onDrain(grpc::end);
        return verdicts;
    }
}
