package io.tradingecosystem.audit;

import io.tradingecosystem.audit.query.OlderStatusRoutes;
import io.tradingecosystem.audit.query.OpenApiRoutes;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.Monitoring;
import io.tradingecosystem.audit.settings.ServerSettings;

/** Doors that say what this service is. */
final class DoorWiring {
    private DoorWiring() {}

    /** Doors to which the parts add what they serve. */
    static Doors create(ServerSettings settings, Monitoring monitoring) {
        return Doors.create(settings, monitoring)
                .about("Flight recorder and referee of a distributed trading system.")
                .routes("/", OpenApiRoutes.create())
                .routes("/api/v1/audit/status", new OlderStatusRoutes(monitoring.status()))
                .link("/openapi.yaml", "every path, described (OpenAPI)");
    }
}
