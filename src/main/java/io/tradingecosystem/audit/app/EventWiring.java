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
import io.tradingecosystem.audit.settings.IngestSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;

/** Puts the way into a log, and the questions to it, into the doors. */
public final class EventWiring {
    private static final String EVENTS = "/api/v1/events";
    private static final String LEGACY_EVENTS = "/api/v1/audit/events";

    private EventWiring() {}

    /** Opens the way into the log: every door gives events to the intake that this returns. */
    public static Intake intake(
            IngestSettings settings, Monitoring monitoring, Doors doors, EventLog log) {
        IngestMonitoring observer = IngestMonitoring.create(monitoring);
        Intake intake = Intake.create(settings, log, observer, monitoring.time());
        observer.show(intake);
        doors.routes(EVENTS, new EventIntakeRoutes(intake))
                .routes(LEGACY_EVENTS, new LegacyEventRoutes(intake));
        return intake;
    }

    /** Lets events be found, and completes the gRPC service with the intake. */
    public static void questions(
            Intake intake,
            Monitoring monitoring,
            Doors doors,
            EventLog log,
            EventIndex index,
            LinkIndex links) {
        EventRecorder recorder = new EventRecorder(intake);
        EventQuestions questions =
                new EventQuestions(log, index, intake.aliases(), monitoring.ticker());
        EventRoutes routes = new EventRoutes(log, index, intake.aliases(), monitoring.ticker());
        doors.routes(EVENTS, routes)
                .routes(
                        LEGACY_EVENTS,
                        new LegacyEventQueries(
                                index,
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
