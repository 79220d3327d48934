package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.legacy.LegacyLinkRoutes;
import io.tradingecosystem.audit.api.links.LinkAnalyses;
import io.tradingecosystem.audit.api.links.LinkGrpc;
import io.tradingecosystem.audit.api.links.LinkMonitoring;
import io.tradingecosystem.audit.api.links.LinkProblems;
import io.tradingecosystem.audit.api.links.LinkRoutes;
import io.tradingecosystem.audit.api.links.RuleRoutes;
import io.tradingecosystem.audit.api.links.TimelineRoutes;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.CorrelationSettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.Store;

/** What caused what, and what is told from that. */
public final class LinkWiring {
    private LinkWiring() {}

    /**
     * A linker that links already, unless the settings say that it should not, though its rules may
     * still be on their way; it is to be closed before the log. What was found before can be seen
     * in any case.
     */
    public static LinkService start(Settings settings, Store store, Monitoring monitoring) {
        LinkMonitoring observer = LinkMonitoring.create(monitoring);
        LinkService links = LinkService.create(store, setup(settings), observer, monitoring.time());
        if (settings.correlation().enabled()) {
            links.startWithoutWaiting();
        }
        observer.show(links, settings.correlation().lagWarning());
        return links;
    }

    /** Lets links, timelines, chains, groups and delays be asked for. */
    public static void add(
            Settings settings,
            LinkService links,
            EventAliases aliases,
            Store store,
            Monitoring monitoring,
            Doors doors) {
        LinkProblems.map(monitoring.problems());
        LinkAnalyses analyses =
                LinkAnalyses.create(
                        store.index(),
                        links.index(),
                        links.progress()::now,
                        skew(settings.correlation()),
                        settings.correlation().correctClocks(),
                        aliases);
        LinkRoutes routes = new LinkRoutes(links);
        LinkGrpc grpc = new LinkGrpc(analyses, links);
        doors.routes("/api/v1", new TimelineRoutes(analyses))
                .routes("/api/v1", routes)
                .routes("/api/v1", new RuleRoutes(links))
                .routes(
                        "/api/v1/audit/correlations",
                        new LegacyLinkRoutes(links, monitoring.clock()))
                .service(grpc)
                .link("/api/v1/rules", "the rules in force, since when and from where")
                .link("/api/v1/links", "the latest links between causes and effects")
                .onDrain(routes::end)
                .onDrain(grpc::end);
    }

    /** What the settings say about linking. */
    public static LinkSetup setup(Settings settings) {
        CorrelationSettings correlation = settings.correlation();
        LinkBounds bounds =
                new LinkBounds(
                        correlation.allowedLateness(),
                        skew(correlation),
                        correlation.maxRemembered(),
                        correlation.maxCauses(),
                        correlation.maxEffects());
        return new LinkSetup(
                settings.service().name(),
                correlation.rules(),
                bounds,
                Intake.aliases(settings.ingest()),
                correlation.parameters());
    }

    private static ClockSkew skew(CorrelationSettings correlation) {
        return new ClockSkew(
                correlation.clockSkew(),
                ClockSkew.parse(correlation.clockSkewPairs()).orElseThrow());
    }
}
