package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.OpenApiRoutes;
import io.tradingecosystem.audit.api.SchemaRoutes;
import io.tradingecosystem.audit.api.legacy.LegacyStatusRoutes;
import io.tradingecosystem.audit.api.web.PageRoutes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.Settings;

/** Doors that say what this service is. */
public final class DoorWiring {
    private DoorWiring() {}

    /** Doors to which the parts add what they serve. */
    public static Doors start(Settings settings, Monitoring monitoring) {
        return Doors.create(settings.server(), monitoring)
                .page(PageRoutes::new)
                .about("Flight recorder and referee of a distributed trading system.")
                .routes("/", OpenApiRoutes.create())
                .routes("/", new SchemaRoutes())
                .routes(
                        "/api/v1/audit/status",
                        new LegacyStatusRoutes(monitoring.health(), monitoring.clock()))
                .link("/openapi.yaml", "every path, described (OpenAPI)");
    }
}
