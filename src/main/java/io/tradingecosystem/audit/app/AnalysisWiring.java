package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.legacy.LegacyLinkRoutes;
import io.tradingecosystem.audit.api.links.LinkAnalyses;
import io.tradingecosystem.audit.api.links.LinkGrpc;
import io.tradingecosystem.audit.api.links.LinkProblems;
import io.tradingecosystem.audit.api.links.LinkRoutes;
import io.tradingecosystem.audit.api.links.TimelineRoutes;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.CorrelationSettings;
import io.tradingecosystem.audit.store.EventIndex;

/** Puts what is told from events and links into the doors. */
public final class AnalysisWiring {
    private AnalysisWiring() {}

    /** Lets links, timelines, chains, groups and delays be asked for. */
    public static void questions(
            CorrelationSettings settings,
            LinkService links,
            EventIndex events,
            EventAliases aliases,
            Doors doors,
            Monitoring monitoring) {
        LinkProblems.map(monitoring.problems());
        LinkAnalyses correlations =
                LinkAnalyses.create(
                        events,
                        links.index(),
                        settings.clockSkew(),
                        settings.correctClocks(),
                        aliases);
        LinkRoutes routes = new LinkRoutes(links);
        LinkGrpc grpc = new LinkGrpc(correlations, links);
        doors.routes("/api/v1", new TimelineRoutes(correlations))
                .routes("/api/v1", routes)
                .routes(
                        "/api/v1/audit/correlations",
                        new LegacyLinkRoutes(links, monitoring.clock()))
                .service(grpc)
                .link("/api/v1/links", "the latest links between causes and effects")
                .onDrain(routes::end)
                .onDrain(grpc::end);
    }
}
