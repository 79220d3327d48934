package io.tradingecosystem.audit;

import io.tradingecosystem.audit.correlation.Links;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.query.CorrelationGrpc;
import io.tradingecosystem.audit.query.Correlations;
import io.tradingecosystem.audit.query.LinkProblems;
import io.tradingecosystem.audit.query.LinkRoutes;
import io.tradingecosystem.audit.query.OlderLinkRoutes;
import io.tradingecosystem.audit.query.TimelineRoutes;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.Monitoring;
import io.tradingecosystem.audit.settings.CorrelationSettings;
import io.tradingecosystem.audit.store.EventIndex;

/** Puts what is told from events and links into the doors. */
final class CorrelationWiring {
    private CorrelationWiring() {}

    /** Lets links, timelines, chains, groups and delays be asked for. */
    static void questions(
            CorrelationSettings settings,
            Links links,
            EventIndex events,
            EventAliases aliases,
            Doors doors,
            Monitoring monitoring) {
        LinkProblems.map(monitoring.problems());
        Correlations correlations =
                Correlations.create(
                        events,
                        links.index(),
                        settings.clockSkew(),
                        settings.correctClocks(),
                        aliases);
        LinkRoutes routes = new LinkRoutes(links);
        CorrelationGrpc grpc = new CorrelationGrpc(correlations, links);
        doors.routes("/api/v1", new TimelineRoutes(correlations))
                .routes("/api/v1", routes)
                .routes(
                        "/api/v1/audit/correlations",
                        new OlderLinkRoutes(links, monitoring.clock()))
                .service(grpc)
                .link("/api/v1/links", "the latest links between causes and effects")
                .onDrain(routes::end)
                .onDrain(grpc::end);
    }
}
