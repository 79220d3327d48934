package io.tradingecosystem.audit;

import io.tradingecosystem.audit.correlation.Links;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.query.CorrelationGrpc;
import io.tradingecosystem.audit.query.Correlations;
import io.tradingecosystem.audit.query.LinkRoutes;
import io.tradingecosystem.audit.query.TimelineRoutes;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Duration;
import java.time.InstantSource;

/** Puts what is told from events and links into the doors. */
final class CorrelationWiring {
    private CorrelationWiring() {}

    /**
     * Lets links, timelines, chains, groups and delays be asked for.
     *
     * @param clockSkew by how much the clocks of two services may differ without a sign of it
     * @param correctClocks whether timelines correct clocks unless a caller says otherwise
     */
    static void questions(
            Links links,
            EventIndex events,
            EventAliases aliases,
            Duration clockSkew,
            boolean correctClocks,
            Doors doors,
            InstantSource clock) {
        Correlations correlations =
                Correlations.create(events, links.index(), clockSkew, correctClocks, aliases);
        LinkRoutes routes = new LinkRoutes(links, clock);
        CorrelationGrpc grpc = new CorrelationGrpc(correlations, links);
        doors.routes("/api/v1", new TimelineRoutes(correlations))
                .routes("/api/v1", routes)
                .service(grpc)
                .link("/api/v1/links", "the latest links between causes and effects")
                .onDrain(routes::end)
                .onDrain(grpc::end);
    }
}
