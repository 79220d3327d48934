package io.tradingecosystem.audit.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audit.v1.GetEdgeMetadataRequest;
import com.audit.v1.GetTopologyStructureRequest;
import com.audit.v1.StreamTopologyChangesRequest;
import com.audit.v1.TopologyChange;
import com.audit.v1.TopologyServiceGrpc;
import com.audit.v1.TopologyServiceGrpc.TopologyServiceBlockingStub;
import com.audit.v1.TopologyStructureResponse;
import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The topology of a whole service, at all its doors; examples in comments of these. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TopologyDoorsExampleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EDGE = "exchange-simulator->risk-monitor:grpc";

    private AuditCorrelator running;
    private Http http;
    private GrpcChannel channel;

    @BeforeAll
    void start() {
        Settings settings =
                TestSettings.of(
                        Map.of("registry.backend", "in-process", "server.drain-delay", "0s"));
        running = AuditCorrelator.start(settings);
        http = Http.of(running.httpPort());
        channel = GrpcChannel.to(running.grpcPort());
        assertThat(http.post("/api/v1/events", call()).statusCode()).isBetween(200, 299);
        await().atMost(PATIENCE).until(() -> http.get("/api/v1/topology").body().contains(EDGE));
    }

    /** A span of a caller and one of whom it called, which lasted 40 of its 50 ms. */
    private static String call() {
        Instant now = Instant.now();
        return """
        [{"service": "exchange-simulator-go", "type": "order.place", "trace_id": "%1$s",
          "span_id": "1111111111111111", "occurred_at": "%2$s", "duration": 50000000,
          "attributes": {"span.kind": "client", "rpc.system": "grpc"}},
         {"service": "risk-monitor", "type": "order.check", "trace_id": "%1$s",
          "span_id": "2222222222222222", "parent_span_id": "1111111111111111",
          "occurred_at": "%3$s", "duration": 40000000, "severity": "error",
          "attributes": {"span.kind": "server"}}]
        """
                .formatted("a".repeat(32), now, now.plusMillis(5));
    }

    @AfterAll
    void stop() {
        channel.close();
        running.close();
    }

    private TopologyServiceBlockingStub stub() {
        return TopologyServiceGrpc.newBlockingStub(channel.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellOverGrpcWhoCallsWhom() {
        // @start region="doors"
        TopologyServiceBlockingStub topology = stub();
        TopologyStructureResponse structure =
                topology.getTopologyStructure(GetTopologyStructureRequest.getDefaultInstance());
        Iterator<TopologyChange> changes =
                topology.streamTopologyChanges(
                        StreamTopologyChangesRequest.newBuilder()
                                .setFromSnapshotId("one of long ago")
                                .build());
        // @end
        assertThat(structure.getEdgesList())
                .anySatisfy(edge -> assertThat(edge.getId()).isEqualTo(EDGE));
        assertThat(changes.next().hasNodeAdded()).isTrue();
    }

    @Test
    void shouldMeasureACallByTheSpanOfTheCaller() {
        var metrics =
                stub().getEdgeMetadata(GetEdgeMetadataRequest.newBuilder().addEdgeIds(EDGE).build())
                        .getMetadataOrThrow(EDGE)
                        .getMetrics();
        assertThat(metrics.getLatencyP50Ms()).isBetween(47.5, 52.5);
        assertThat(metrics.getErrorRate()).isEqualTo(1);
    }

    @Test
    void shouldTellTheSameOverConnect() {
        HttpResponse<String> answer =
                http.post(
                        "/audit.v1.TopologyService/GetTopologyStructure",
                        "{\"requestId\":\"r\",\"serviceTypes\":[\"risk-monitor-py\"]}");
        JsonNode structure = Http.json(answer);
        assertThat(structure.get("requestId").asText()).isEqualTo("r");
        assertThat(structure.get("nodes")).hasSize(1);
        assertThat(structure.at("/nodes/0/serviceType").asText()).isEqualTo("risk-monitor");
        assertThat(structure.has("edges")).as("an edge without its other node").isFalse();
        assertThat(structure.get("snapshotId").asText()).isNotEmpty();
    }

    @Test
    void shouldNotFindUnknownNodesOnly() {
        HttpResponse<String> none =
                http.post(
                        "/audit.v1.TopologyService/GetNodeMetadata", "{\"nodeIds\":[\"nobody\"]}");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(Http.json(none).get("code").asText()).isEqualTo("not_found");
        HttpResponse<String> some =
                http.post(
                        "/audit.v1.TopologyService/GetNodeMetadata",
                        "{\"nodeIds\":[\"nobody\",\"risk-monitor\"]}");
        assertThat(Http.json(some).get("metadata").fieldNames())
                .toIterable()
                .isEqualTo(List.of("risk-monitor"));
    }

    @Test
    void shouldShowThisServiceAsLive() {
        JsonNode nodes = Http.json(http.get("/api/v1/topology")).get("nodes");
        assertThat(nodes)
                .anySatisfy(
                        node -> {
                            assertThat(node.get("type").asText()).isEqualTo("audit-correlator");
                            assertThat(node.get("status").asText()).isEqualTo("LIVE");
                        });
    }
}
