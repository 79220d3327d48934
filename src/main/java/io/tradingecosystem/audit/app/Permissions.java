package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.access.Permission;
import io.tradingecosystem.audit.access.Permission.Exposure;
import io.tradingecosystem.audit.access.Role;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each route and each method of gRPC asks of its callers. One that is missing here is for
 * administrators only, and a test fails.
 */
public final class Permissions {
    /** By {@code GET /path/{parameter}}, and by {@code package.Service/Method}. */
    public static final Map<String, Permission> ALL = all();

    private Permissions() {}

    private static Map<String, Permission> all() {
        Map<String, Permission> all = new HashMap<>();
        put(all, Role.READ, Exposure.ALWAYS, page());
        put(all, Role.READ, Exposure.ANYBODY, session());
        put(all, Role.OPERATE, Exposure.HEALTH, health());
        put(all, Role.OPERATE, Exposure.METRICS, List.of("GET /metrics"));
        put(all, Role.OPERATE, Exposure.OPEN_MODE, operate());
        put(all, Role.READ, Exposure.OPEN_MODE, readOverHttp());
        put(all, Role.READ, Exposure.OPEN_MODE, readByJaeger());
        put(all, Role.READ, Exposure.OPEN_MODE, topology());
        put(all, Role.READ, Exposure.OPEN_MODE, readOverGrpc());
        put(all, Role.SEND, Exposure.OPEN_MODE, send());
        put(all, Role.SEND, Exposure.NEVER, lost());
        put(all, Role.DEFINE, Exposure.OPEN_MODE, link());
        put(all, Role.DEFINE, Exposure.NEVER, define());
        put(all, Role.ADMIN, Exposure.NEVER, administer());
        return Map.copyOf(all);
    }

    private static void put(
            Map<String, Permission> all, Role role, Exposure exposure, List<String> routes) {
        routes.forEach(route -> all.put(route, new Permission(role, exposure)));
    }

    private static List<String> page() {
        return List.of("GET /", "GET /assets/{name}", "GET /health/live");
    }

    private static List<String> session() {
        return List.of("GET /api/v1/session", "POST /api/v1/session", "DELETE /api/v1/session");
    }

    private static List<String> health() {
        return List.of(
                "GET /health",
                "GET /health/ready",
                "GET /health/started",
                "GET /health/{condition}",
                "GET /api/v1/health",
                "GET /api/v1/ready",
                "grpc.health.v1.Health/Check",
                "grpc.health.v1.Health/Watch");
    }

    private static List<String> operate() {
        return List.of(
                "GET /api/v1/status",
                "GET /api/v1/audit/status",
                "GET /api/v1/services",
                "GET /api/v1/peers",
                "GET /api/v1/webhooks",
                "GET /api/v1/webhooks/{name}/dead-letters",
                "GET /api/v1/peers/risk-monitor/health",
                "GET /api/v1/peers/risk-monitor/metrics",
                "GET /api/v1/peers/trading-engine/health",
                "GET /api/v1/peers/trading-engine/status",
                "audit.v1.StatusService/GetStatus",
                "audit.v1.RegistryService/ListInstances",
                "audit.v1.PeerService/ListPeers",
                "audit.v1.PeerService/GetRiskMetrics",
                "audit.v1.PeerService/GetTradingStatus");
    }

    private static List<String> readOverHttp() {
        return List.of(
                "GET /openapi.yaml",
                "GET /schemas/expectations.json",
                "GET /schemas/rules.json",
                "GET /api/v1/events",
                "GET /api/v1/events/stream",
                "GET /api/v1/events/{id}",
                "GET /api/v1/events/{id}/chain",
                "GET /api/v1/events/{id}/group",
                "GET /api/v1/audit/events/trace/{trace_id}",
                "GET /api/v1/audit/events/service",
                "GET /api/v1/audit/correlations",
                "GET /api/v1/links",
                "GET /api/v1/links/stream",
                "GET /api/v1/rules",
                "GET /api/v1/rules/{name}",
                "GET /api/v1/timelines",
                "GET /api/v1/statistics/delays",
                "GET /api/v1/verdicts",
                "GET /api/v1/verdicts/stream",
                "GET /api/v1/verdicts/{id}",
                "GET /api/v1/verdicts/{id}/bundle",
                "GET /api/v1/scenarios",
                "GET /api/v1/scenarios/{id}",
                "GET /api/v1/scenarios/{id}/outcome",
                "GET /api/v1/expectations",
                "GET /api/v1/expectations/{name}",
                "POST /api/v1/expectations/try",
                "GET /api/v1/coverage",
                "GET /api/v1/sources",
                "GET /api/v1/sources/{service}",
                "GET /api/v1/comparisons");
    }

    private static List<String> readByJaeger() {
        return List.of(
                "GET /api/services",
                "GET /api/services/{service}/operations",
                "GET /api/operations",
                "GET /api/traces",
                "GET /api/traces/{trace_id}",
                "GET /api/dependencies");
    }

    private static List<String> topology() {
        return List.of(
                "GET /api/v1/topology",
                "POST /audit.v1.TopologyService/GetTopologyStructure",
                "POST /audit.v1.TopologyService/GetNodeMetadata",
                "POST /audit.v1.TopologyService/GetEdgeMetadata",
                "POST /audit.v1.TopologyService/StreamTopologyChanges",
                "POST /audit.v1.TopologyService/StreamMetricsUpdates",
                "audit.v1.TopologyService/GetTopologyStructure",
                "audit.v1.TopologyService/GetNodeMetadata",
                "audit.v1.TopologyService/GetEdgeMetadata",
                "audit.v1.TopologyService/StreamTopologyChanges",
                "audit.v1.TopologyService/StreamMetricsUpdates");
    }

    private static List<String> readOverGrpc() {
        return List.of(
                "audit.v1.EventService/GetEvent",
                "audit.v1.EventService/ListEvents",
                "audit.v1.EventService/WatchEvents",
                "audit.v1.CorrelationService/GetTimeline",
                "audit.v1.CorrelationService/GetCausalChain",
                "audit.v1.CorrelationService/ListLinks",
                "audit.v1.CorrelationService/WatchLinks",
                "audit.v1.ScenarioService/GetVerdicts",
                "audit.v1.ScenarioService/ListScenarios",
                "audit.v1.ScenarioService/TryExpectation",
                "audit.v1.ScenarioService/WatchVerdicts",
                "audit.v1.ScenarioService/GetCoverage",
                "audit.v1.OutcomeService/GetOutcome",
                "audit.v1.EvidenceService/GetBundle",
                "audit.v1.SourceService/ListSources",
                "audit.v1.SourceService/GetSource",
                "audit.v1.ComparisonService/Compare",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
    }

    private static List<String> send() {
        return List.of(
                "POST /api/v1/events",
                "POST /api/v1/cloudevents",
                "POST /api/v1/alertmanager",
                "POST /api/v1/audit/events",
                "POST /v1/traces",
                "POST /v1/logs",
                "POST /v1/metrics",
                "audit.v1.EventService/RecordEvents",
                "audit.v1.EventService/StreamEvents",
                "opentelemetry.proto.collector.trace.v1.TraceService/Export",
                "opentelemetry.proto.collector.logs.v1.LogsService/Export",
                "opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
    }

    private static List<String> lost() {
        return List.of("POST /api/v1/gaps", "audit.v1.ScenarioService/ReportGap");
    }

    private static List<String> link() {
        return List.of(
                "POST /api/v1/links",
                "POST /api/v1/audit/correlations",
                "audit.v1.CorrelationService/CreateLink");
    }

    private static List<String> define() {
        return List.of(
                "PUT /api/v1/expectations",
                "DELETE /api/v1/expectations/{name}",
                "audit.v1.ScenarioService/PutExpectation",
                "audit.v1.ScenarioService/WithdrawExpectation");
    }

    private static List<String> administer() {
        return List.of(
                "GET /api/v1/access-log",
                "POST /api/v1/webhooks/{name}/retry",
                "POST /api/v1/webhooks/{name}/skip");
    }
}
