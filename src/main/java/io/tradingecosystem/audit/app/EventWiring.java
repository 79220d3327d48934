package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.api.events.AlertRoutes;
import io.tradingecosystem.audit.api.events.CloudEventRoutes;
import io.tradingecosystem.audit.api.events.EventFinder;
import io.tradingecosystem.audit.api.events.EventGrpc;
import io.tradingecosystem.audit.api.events.EventProblems;
import io.tradingecosystem.audit.api.events.EventRoutes;
import io.tradingecosystem.audit.api.events.IngestMonitoring;
import io.tradingecosystem.audit.api.jaeger.Jaeger;
import io.tradingecosystem.audit.api.legacy.LegacyEventQueries;
import io.tradingecosystem.audit.api.legacy.LegacyEventRoutes;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.Store;

import java.util.function.Supplier;

/** How events come in, and are found. */
public final class EventWiring {
    private static final String EVENTS = "/api/v1/events";
    private static final String CLOUD_EVENTS = "/api/v1/cloudevents";
    private static final String ALERTS = "/api/v1/alertmanager";
    private static final String LEGACY_EVENTS = "/api/v1/audit/events";

    private EventWiring() {}

    /** The way into the log: every door gives events to the intake that this returns. */
    public static Intake start(
            Settings settings, Store store, Limits limits, Monitoring monitoring) {
        EventProblems.map(monitoring.problems());
        IngestMonitoring observer = IngestMonitoring.create(monitoring);
        Intake intake =
                Intake.create(
                        settings.ingest(),
                        settings.store().queueEvents(),
                        store.log(),
                        observer,
                        monitoring.time());
        observer.show(intake, limits);
        return intake;
    }

    /** Opens the doors of events, by which they come in and are found. */
    public static void add(
            Settings settings,
            Intake intake,
            LinkIndex links,
            Supplier<Progress> linked,
            Store store,
            Monitoring monitoring,
            Doors doors) {
        EventFinder finder = new EventFinder(store.index(), settings.search(), monitoring.ticker());
        EventRoutes routes = new EventRoutes(intake, store.log(), store.index(), finder);
        EventGrpc grpc = new EventGrpc(intake, store.log(), store.index(), finder);
        doors.routes(EVENTS, routes)
                .routes(CLOUD_EVENTS, new CloudEventRoutes(intake))
                .routes(
                        ALERTS,
                        new AlertRoutes(intake, IngestMonitoring.truncatedAlerts(monitoring)))
                .routes(LEGACY_EVENTS, new LegacyEventRoutes(intake))
                .routes(
                        LEGACY_EVENTS,
                        new LegacyEventQueries(
                                store.index(),
                                intake.aliases(),
                                links,
                                linked,
                                monitoring.clock(),
                                finder))
                .service(TolerantMessages.requests(grpc, EventGrpc.INBOUND))
                .link(EVENTS, "the latest events")
                .onDrain(routes::end)
                .onDrain(grpc::end);
        Jaeger.add(
                store.index(),
                intake.aliases(),
                intake.ledger()::sources,
                monitoring.clock(),
                monitoring.ticker(),
                doors);
    }
}
