package io.tradingecosystem.audit;

import io.tradingecosystem.audit.query.ScenarioGrpc;
import io.tradingecosystem.audit.query.ScenarioMonitoring;
import io.tradingecosystem.audit.query.ScenarioRoutes;
import io.tradingecosystem.audit.scenario.Scenarios;
import io.tradingecosystem.audit.scenario.Tolerances;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.Monitoring;
import io.tradingecosystem.audit.settings.ScenarioSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projections;

/** Puts the referee on a log, and its doors into the doors. */
final class ScenarioWiring {
    private ScenarioWiring() {}

    /**
     * A referee that judges already, though its expectations may still be on their way; it is to be
     * closed before the log.
     */
    static Scenarios start(
            String service,
            ScenarioSettings settings,
            Monitoring monitoring,
            Doors doors,
            EventLog log,
            EventIndex index,
            Projections projections) {
        ScenarioMonitoring observer = ScenarioMonitoring.create(monitoring);
        Scenarios scenarios =
                Scenarios.create(
                        log,
                        index,
                        projections,
                        new VerdictSetup(
                                service,
                                settings.expectations(),
                                new Tolerances(
                                        settings.allowedLateness(),
                                        settings.clockSkew(),
                                        settings.catchUp()),
                                settings.maxVerdicts()),
                        observer,
                        monitoring.clock(),
                        monitoring.ticker());
        scenarios.startWithoutWaiting();
        observer.show(scenarios);
        ScenarioRoutes routes = new ScenarioRoutes(scenarios);
        ScenarioGrpc grpc = new ScenarioGrpc(scenarios);
        doors.routes("/api/v1", routes)
                .service(grpc)
                .link("/api/v1/verdicts", "the latest verdicts")
                .link("/api/v1/coverage", "which expectations were ever exercised")
                .onDrain(routes::end)
                .onDrain(grpc::end);
        return scenarios;
    }
}
