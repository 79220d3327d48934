package io.tradingecosystem.audit.api.legacy;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.HealthReport;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the service is, where the older service's clients ask for it and in its words: whether what
 * it stores to works, and whether all does.
 */
public final class LegacyStatusRoutes implements HttpService {
    private final Health health;
    private final InstantSource clock;

    /** Tells what the checks say. */
    public LegacyStatusRoutes(Health health, InstantSource clock) {
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/",
                (request, response) ->
                        Answers.json(response, json -> Json.mapper().writeValue(json, document())));
    }

    private Map<String, Object> document() {
        HealthReport report = health.report();
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("data_adapter", word(report.ready().up()));
        service.put("audit_service", word(report.all().up()));
        service.put("last_check", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return Map.of("status", "success", "audit_service", service);
    }

    private static String word(boolean up) {
        return up ? "healthy" : "unhealthy";
    }
}
