package io.tradingecosystem.audit.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audit.v1.GetEdgeMetadataRequest;
import com.audit.v1.GetNodeMetadataRequest;
import com.audit.v1.GetTopologyStructureRequest;
import com.audit.v1.StreamMetricsUpdatesRequest;
import com.audit.v1.StreamTopologyChangesRequest;
import com.audit.v1.TopologyServiceGrpc;
import com.audit.v1.TopologyServiceGrpc.TopologyServiceBlockingStub;
import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What a topology leaves out stands in it, at every door. */
@Timeout(60)
class TopologyLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Metadata.Key<String> INCOMPLETE = key("audit-incomplete");
    private static final Metadata.Key<String> PROGRESS = key("audit-progress");
    private static final int MANY = 20_001;

    @TempDir Path directory;

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldSayAtEveryDoorWhatIsMissing(String engine) throws IOException {
        Path file = Files.writeString(directory.resolve("topology.json"), "no topology");
        try (AuditCorrelator running =
                        AuditCorrelator.start(
                                TestSettings.of(
                                        Map.of(
                                                "registry.backend",
                                                "in-process",
                                                "server.drain-delay",
                                                "0s",
                                                "server.grpc.engine",
                                                engine,
                                                "topology.file",
                                                file.toString(),
                                                "correlation.max-remembered",
                                                "1000")));
                GrpcChannel channel = GrpcChannel.to(running.grpcPort())) {
            Http http = Http.of(running.httpPort());
            waiting(http);
            await().atMost(PATIENCE)
                    .until(() -> http.get("/api/v1/topology").body().contains("LINK_MEMORY"));

            JsonNode rest = Http.json(http.get("/api/v1/topology"));
            assertThat(rest.get("truncated").asBoolean()).isTrue();
            assertThat(rest.get("incomplete").findValuesAsText("bound"))
                    .startsWith("TOPOLOGY_FILE", "TRAFFIC_SAMPLE", "LINK_MEMORY");
            assertThat(rest.at("/incomplete/1/since").asText()).isNotEmpty();
            assertThat(rest.at("/links_progress/position").asLong()).isPositive();
            requireNoted(connect(http));
            for (Consumer<TopologyServiceBlockingStub> method : METHODS) {
                requireNoted(grpc(channel, method));
            }
        }
    }

    private static final List<Consumer<TopologyServiceBlockingStub>> METHODS =
            List.of(
                    stub ->
                            stub.getTopologyStructure(
                                    GetTopologyStructureRequest.getDefaultInstance()),
                    stub -> stub.getNodeMetadata(GetNodeMetadataRequest.getDefaultInstance()),
                    stub -> stub.getEdgeMetadata(GetEdgeMetadataRequest.getDefaultInstance()),
                    stub ->
                            stub.streamTopologyChanges(
                                            StreamTopologyChangesRequest.newBuilder()
                                                    .setFromSnapshotId("one of long ago")
                                                    .build())
                                    .next(),
                    stub ->
                            stub.streamMetricsUpdates(
                                            StreamMetricsUpdatesRequest.getDefaultInstance())
                                    .next());

    private static void requireNoted(List<String> headers) {
        assertThat(headers.getFirst())
                .startsWith("TOPOLOGY_FILE, TRAFFIC_SAMPLE;since=\"")
                .contains(", LINK_MEMORY;since=\"");
        assertThat(headers.getLast()).matches("links;position=[0-9]+;behind=[0-9]+");
    }

    private static List<String> grpc(
            GrpcChannel channel, Consumer<TopologyServiceBlockingStub> method) {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        method.accept(
                TopologyServiceGrpc.newBlockingStub(channel.channel())
                        .withInterceptors(
                                MetadataUtils.newCaptureMetadataInterceptor(
                                        headers, new AtomicReference<>()))
                        .withDeadlineAfter(20, TimeUnit.SECONDS));
        return List.of(headers.get().get(INCOMPLETE), headers.get().get(PROGRESS));
    }

    private static List<String> connect(Http http) {
        HttpResponse<String> answer =
                http.post("/audit.v1.TopologyService/GetTopologyStructure", "{}");
        return List.of(
                answer.headers().firstValue(INCOMPLETE.name()).orElse(""),
                answer.headers().firstValue(PROGRESS.name()).orElse(""));
    }

    /** More events than are read at once, of which more than fit wait for their causes. */
    private static void waiting(Http http) {
        for (int from = 0; from < MANY; from += 1_000) {
            StringBuilder body = new StringBuilder("[");
            for (int i = from; i < Math.min(MANY, from + 1_000); i++) {
                body.append(i > from ? "," : "")
                        .append("{\"service\":\"s\",\"type\":\"t\",\"cause_id\":\"none-")
                        .append(i)
                        .append("\"}");
            }
            assertThat(http.post("/api/v1/events", body.append("]").toString()).statusCode())
                    .isBetween(200, 299);
        }
    }
}
