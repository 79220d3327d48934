package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.net.http.HttpRequest.BodyPublishers.noBody;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.tradingecosystem.audit.app.DoorWiring;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LinkWiring;
import io.tradingecosystem.audit.app.PeerWiring;
import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.otlp.Otlp;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.RegistryMonitoring;
import io.tradingecosystem.audit.neighbours.RegistryRoutes;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.JsonSchema;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds the published description to what the doors really do. */
class OpenApiTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final MemoryStore store = MemoryStore.create(CLOCK, Set.of());
    private Monitoring monitoring;
    private ServiceRegistry registry;
    private VerdictService verdicts;
    private PeerClients peers;
    private LinkService links;
    private OpenDoors doors;
    private Http http;
    private JsonNode document;

    @BeforeEach
    void open() throws IOException {
        Settings settings = TestSettings.of(Map.of("registry.backend", "in-process"));
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH),
                        new Time(CLOCK, System::nanoTime));
        Doors all = DoorWiring.start(settings, monitoring);
        registry =
                ServiceRegistry.create(
                        settings.registry(), RegistryMonitoring.create(monitoring), CLOCK);
        verdicts = VerdictWiring.start(settings, store.store(), monitoring);
        peers = PeerWiring.start(settings, registry, monitoring);
        links = LinkWiring.start(settings, store.store(), monitoring);
        Intake intake = EventWiring.start(settings, store.store(), monitoring);
        EventWiring.add(intake, links.index(), store.store(), monitoring, all);
        Otlp.add(all, intake, settings.server().grpc().maxMessageSize(), monitoring);
        LinkWiring.add(settings, links, intake.aliases(), store.store(), monitoring, all);
        VerdictWiring.add(verdicts, links, all);
        PeerWiring.add(peers, all);
        doors = all.routes("/api/v1/services", new RegistryRoutes(registry, CLOCK)).open();
        http = Http.of(doors.httpPort());
        document = new YAMLMapper().readTree(http.get("/openapi.yaml").body());
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
        verdicts.close();
        peers.close();
        links.close();
        registry.close();
        monitoring.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        Set<String> registered = new TreeSet<>();
        doors.routes()
                .forEach(
                        (path, methods) ->
                                methods.forEach(method -> registered.add(method + " " + path)));

        assertThat(described).isEqualTo(registered);
    }

    @Test
    void shouldAnswerAsDescribed() throws IOException {
        Instant now = CLOCK.instant();
        store.append(
                List.of(
                        AuditEvent.builder("test-coordinator", "chaos.injected")
                                .id("t")
                                .occurredAt(now.minusSeconds(100))
                                .scenarioId("run")
                                .attribute("chaos", "stablecoin-depeg")
                                .build(),
                        AuditEvent.builder("risk-monitor", "risk.alert.raised")
                                .id("a")
                                .severity(Severity.CRITICAL)
                                .occurredAt(now.minusSeconds(80))
                                .scenarioId("run")
                                .build()));
        await().atMost(Duration.ofSeconds(30)).until(() -> verdicts.lastSequence() == 2);
        String id = verdicts.verdicts().madeAfter(0, 1).getFirst().verdict().id();

        for (String path :
                List.of(
                        "/health",
                        "/health/live",
                        "/health/ready",
                        "/health/started",
                        "/api/v1/status",
                        "/api/v1/audit/status",
                        "/api/v1/health",
                        "/api/v1/ready",
                        "/api/v1/services",
                        "/api/v1/peers",
                        "/api/v1/peers/risk-monitor/health",
                        "/api/v1/peers/risk-monitor/metrics",
                        "/api/v1/peers/trading-engine/health",
                        "/api/v1/peers/trading-engine/status",
                        "/api/v1/verdicts",
                        "/api/v1/scenarios",
                        "/api/v1/expectations",
                        "/api/v1/coverage")) {
            check(path, path);
        }
        check("/health/{condition}", "/health/linking");
        check("/health/{condition}", "/health/judging");
        check("/health/{condition}", "/health/gambling");
        check("/api/v1/verdicts/{id}", "/api/v1/verdicts/" + id);
        check("/api/v1/verdicts/{id}", "/api/v1/verdicts/nobody");
        check("/api/v1/verdicts", "/api/v1/verdicts?limit=0");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/run");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/run?report=junit");
        check("/api/v1/scenarios/{id}", "/api/v1/scenarios/nobody");
        check(
                "/api/v1/expectations/{name}",
                "/api/v1/expectations/quiet-day-raises-no-critical-alert");
        await().atMost(Duration.ofSeconds(30)).until(() -> links.lastSequence() > 0);
        check("/api/v1/timelines", "/api/v1/timelines?scenario_id=run");
        check("/api/v1/timelines", "/api/v1/timelines");
        check("/api/v1/links", "/api/v1/links?rule=chaos-injection-raises-risk-alert");
        check("/api/v1/links", "/api/v1/links?kind=guessed");
        check("/api/v1/audit/correlations", "/api/v1/audit/correlations?time_window=1h");
        check("/api/v1/events/{id}/chain", "/api/v1/events/t/chain");
        check("/api/v1/events/{id}/chain", "/api/v1/events/nobody/chain");
        check("/api/v1/events/{id}/group", "/api/v1/events/t/group");
        check(
                "/api/v1/statistics/delays",
                "/api/v1/statistics/delays?scenario_id=run&baseline=other");
    }

    @Test
    void shouldTakeAndFindEventsAsDescribed() throws IOException {
        String event =
                """
                {"id": "e", "service": "risk-monitor", "type": "t", "severity": "error", "links": [],
                 "occurred_at": "2026-01-31T12:00:00Z", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                 "tags": ["a"], "message": "m"}
                """;
        check("post", "/api/v1/events", "/api/v1/events", http.post("/api/v1/events", event));
        for (String body :
                List.of(
                        "[" + event + ", {}]",
                        "[{}]",
                        "{}",
                        "[",
                        event.replace("\"t\"", "\"u\""))) {
            check("post", "/api/v1/events", "/api/v1/events", http.post("/api/v1/events", body));
        }
        String legacy = "/api/v1/audit/events";
        check("post", legacy, legacy, http.post(legacy, "{\"event_type\":\"x\",\"source\":\"s\"}"));
        check("post", legacy, legacy, http.post(legacy, "{\"event_type\":\"x\"}"));
        check("/api/v1/events", "/api/v1/events?order=oldest_first");
        check("/api/v1/events", "/api/v1/events?colour=red");
        check("/api/v1/events/{id}", "/api/v1/events/e");
        check("/api/v1/events/{id}", "/api/v1/events/nobody");
        check(legacy + "/trace/{trace_id}", legacy + "/trace/4bf92f3577b34da6a3ce929d0e0e4736");
        check(legacy + "/service", legacy + "/service?service_name=risk-monitor&time_window=9999d");
        check(legacy + "/service", legacy + "/service");
    }

    @Test
    void shouldAnswerOpenTelemetryAsDescribed() throws IOException {
        String refused = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}";
        for (String path : List.of("/v1/traces", "/v1/logs", "/v1/metrics")) {
            check("post", path, path, http.post(path, "{}"));
            check("post", path, path, http.post(path, refused));
            check("post", path, path, http.post(path, "{"));
            check("post", path, path, http.send(http.request(path).POST(noBody())));
        }
    }

    private void check(String pattern, String path) throws IOException {
        check("get", pattern, path, http.get(path));
    }

    private void check(String method, String pattern, String path, HttpResponse<String> response)
            throws IOException {
        String type =
                response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode described =
                resolved(
                        document.at("/paths")
                                .path(pattern)
                                .at("/" + method + "/responses")
                                .path(Integer.toString(response.statusCode())));
        JsonNode content = described.at("/content").path(type);

        assertThat(content.isMissingNode())
                .as("%s answers %d with %s", path, response.statusCode(), type)
                .isFalse();
        if (type.endsWith("json")) {
            JsonNode body = new ObjectMapper().readTree(response.body());
            assertThat(JsonSchema.problems(document, content.get("schema"), body))
                    .as(path)
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asText().substring(1));
    }
}
