package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.events.EventGrpc;
import io.tradingecosystem.audit.api.events.EventIntakeRoutes;
import io.tradingecosystem.audit.api.events.EventQuestions;
import io.tradingecosystem.audit.api.events.EventRecorder;
import io.tradingecosystem.audit.api.events.EventRoutes;
import io.tradingecosystem.audit.api.events.IngestMonitoring;
import io.tradingecosystem.audit.api.legacy.LegacyEventQueries;
import io.tradingecosystem.audit.api.legacy.LegacyEventRoutes;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.Store;

/** How events come in, and are found. */
public final class EventWiring {
    private static final String EVENTS = "/api/v1/events";
    private static final String LEGACY_EVENTS = "/api/v1/audit/events";

    private EventWiring() {}

    /** The way into the log: every door gives events to the intake that this returns. */
    public static Intake start(Settings settings, Store store, Monitoring monitoring) {
        IngestMonitoring observer = IngestMonitoring.create(monitoring);
        Intake intake = Intake.create(settings.ingest(), store.log(), observer, monitoring.time());
        observer.show(intake);
        return intake;
    }

    /** Lets events come in, and be asked for. */
    public static void add(
            Intake intake, LinkIndex links, Store store, Monitoring monitoring, Doors doors) {
        EventRecorder recorder = new EventRecorder(intake);
        EventQuestions questions =
                new EventQuestions(
                        store.log(), store.index(), intake.aliases(), monitoring.ticker());
        EventRoutes routes =
                new EventRoutes(store.log(), store.index(), intake.aliases(), monitoring.ticker());
        doors.routes(EVENTS, new EventIntakeRoutes(intake))
                .routes(LEGACY_EVENTS, new LegacyEventRoutes(intake))
                .routes(EVENTS, routes)
                .routes(
                        LEGACY_EVENTS,
                        new LegacyEventQueries(
                                store.index(),
                                intake.aliases(),
                                links,
                                monitoring.clock(),
                                monitoring.ticker()))
                .service(new EventGrpc(recorder, questions))
                .link(EVENTS, "the latest events")
                .onDrain(routes::end)
                .onDrain(questions::end)
                .onDrain(recorder::end);
    }
}
