package io.tradingecosystem.audit.server.http;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.monitoring.Conditions;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.HealthReport;
import io.tradingecosystem.audit.monitoring.HealthState;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.Status;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The routes that tell how the service is: health, metrics, status, and what older clients ask. */
public final class MonitoringRoutes implements HttpService {
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROMETHEUS =
            HeaderValues.createCached(
                    HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    private static final Header OPEN_METRICS =
            HeaderValues.createCached(
                    HeaderNames.CONTENT_TYPE,
                    "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final Health health;
    private final Conditions conditions;
    private final Meters meters;
    private final Status status;
    private final InstantSource clock;

    public MonitoringRoutes(Monitoring monitoring) {
        this.health = monitoring.health();
        this.conditions = monitoring.conditions();
        this.meters = monitoring.meters();
        this.status = monitoring.status();
        this.clock = monitoring.clock();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/health", probe(HealthReport::all))
                .get("/health/live", probe(HealthReport::live))
                .get("/health/ready", probe(HealthReport::ready))
                .get("/health/started", probe(HealthReport::started))
                .get("/health/{condition}", this::condition)
                .get("/metrics", this::metrics)
                .get("/api/v1/health", this::legacyHealth)
                .get("/api/v1/ready", this::legacyReady)
                .get("/api/v1/status", QueryParameters.none(this::status));
    }

    private Handler probe(Function<HealthReport, HealthReport.Answer> which) {
        return (request, response) -> {
            send(response, which.apply(health.report()));
        };
    }

    private void condition(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("condition");
        send(
                response,
                conditions
                        .answer(name)
                        .orElseThrow(() -> ProblemException.unknown("condition", name)));
    }

    private static void send(ServerResponse response, HealthReport.Answer answer) {
        response.status(answer.up() ? 200 : 503).header(JSON);
        response.send(answer.json());
    }

    /**
     * OpenMetrics for clients that ask for it by name, as Prometheus does; else Prometheus text.
     */
    private void metrics(ServerRequest request, ServerResponse response) {
        boolean openMetrics =
                request.headers().acceptedTypes().stream()
                        .anyMatch(
                                type ->
                                        type.mediaType()
                                                .text()
                                                .startsWith("application/openmetrics-text"));
        response.header(openMetrics ? OPEN_METRICS : PROMETHEUS)
                .send(
                        meters.format(
                                openMetrics
                                        ? MediaTypes.APPLICATION_OPENMETRICS_TEXT
                                        : MediaTypes.TEXT_PLAIN));
    }

    private void status(ServerRequest request, ServerResponse response) {
        send(response, 200, status.document());
    }

    /** Older clients ask here whether to restart us or to go elsewhere, not whether to wait. */
    private void legacyHealth(ServerRequest request, ServerResponse response) {
        HealthReport report = health.report();
        boolean healthy = report.live().up() && report.state() != HealthState.STOPPING;
        Identity identity = status.identity();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", healthy ? "healthy" : "unhealthy");
        document.put("service", identity.service());
        document.put("instance", identity.instance());
        document.put("version", identity.version());
        document.put("environment", identity.environment());
        document.put("timestamp", clock.instant());
        send(response, healthy ? 200 : 503, document);
    }

    private void legacyReady(ServerRequest request, ServerResponse response) {
        HealthReport report = health.report();
        Map<String, Object> checks =
                report.results().stream()
                        .collect(
                                Collectors.toMap(
                                        HealthReport.Result::name,
                                        HealthReport.Result::status,
                                        (first, second) -> second,
                                        LinkedHashMap::new));
        checks.put("serving", report.state() == HealthState.SERVING ? "UP" : "DOWN");
        boolean ready = report.isReady();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", ready ? "ready" : "not_ready");
        document.put("checks", checks);
        send(response, ready ? 200 : 503, document);
    }

    private static void send(ServerResponse response, int code, Object document) {
        response.status(code).header(JSON).send(Json.line(document));
    }
}
