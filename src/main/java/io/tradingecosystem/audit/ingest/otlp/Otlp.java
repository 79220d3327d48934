package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.server.Doors;

import java.util.List;

/** OpenTelemetry's doors: OTLP over gRPC, and over HTTP in protobuf and JSON. */
public final class Otlp {
    private Otlp() {}

    /**
     * Adds the doors.
     *
     * @param intake takes what they translate
     * @param maxMessageSize of one export, in bytes, over HTTP as over gRPC
     */
    public static void add(Doors doors, Intake intake, long maxMessageSize, Monitoring monitoring) {
        Unused unused = new Unused();
        Exports exports = new Exports(intake, unused);
        doors.routes("/v1", new OtlpRoutes(exports, unused, monitoring.problems(), maxMessageSize));
        OtlpGrpc.services(exports).forEach(doors::service);
        monitoring.status().add(new StatusSection("otlp_unused", unused::document));
        monitoring
                .meters()
                .counters(
                        "audit_otlp_unused",
                        "What OTLP brought that nothing here has a use for",
                        List.of("kind", "door"),
                        unused::byKindAndDoor);
    }
}
