package io.tradingecosystem.audit.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.topology.Edge.Connection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ExpectedTopologyTest {
    private static final String GOOD =
            """
            {"version": "1.0", "generated_at": "startup",
             "nodes": [
               {"id": "node-audit", "name": "Audit", "service_type": "audit-correlator-go",
                "category": "monitoring", "status": "LIVE", "version": "1.0.0",
                "endpoints": {"grpc": "localhost:50052"}, "health": {"cpu_percent": 1}},
               {"id": "node-risk", "service_type": "risk-monitor-py"}],
             "edges": [
               {"id": "edge-1", "source_id": "node-risk", "target_id": "node-audit",
                "protocol": "gRPC", "relationship": "monitors", "status": "ACTIVE"}]}
            """;

    @TempDir private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("topology.json"), text);
    }

    @Test
    void shouldReadTheFormOfTheEcosystem() throws IOException {
        ExpectedTopology read = ExpectedTopology.read(file(GOOD));
        assertThat(read.nodes())
                .extracting(ExpectedTopology.ExpectedNode::type)
                .containsExactly("audit-correlator", "risk-monitor");
        assertThat(read.edges().getFirst().connection()).isEqualTo(Connection.GRPC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"nodes\":[{\"id\":\"a\"}]}",
                "{\"nodes\":[{\"service_type\":\"a\"}]}",
                "{\"nodes\":[{\"id\":\"a\",\"service_type\":\"a\"},"
                        + "{\"id\":\"a\",\"service_type\":\"b\"}]}",
                "{\"edges\":[{\"source_id\":\"a\",\"target_id\":\"b\"}]}"
            })
    void shouldSayWhatIsWrongWithAFile(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ExpectedTopology.read(file))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageStartingWith("the topology file " + file);
    }

    @Test
    void shouldReadAgainAndKeepWhatCountedBeforeABadFile() throws IOException {
        Path file = file(GOOD);
        TopologyFile watched = new TopologyFile(Optional.of(file));
        assertThat(watched.read().nodes()).hasSize(2);
        file("{");
        assertThat(watched.read().nodes()).hasSize(2);
        assertThat(watched.problem()).hasValueSatisfying(text -> assertThat(text).contains("line"));
        file("{}");
        assertThat(watched.read().nodes()).isEmpty();
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsTooLarge() throws IOException {
        int max = 4 << 20;
        assertThat(ExpectedTopology.read(file(GOOD + " ".repeat(max - GOOD.length()))).nodes())
                .hasSize(2);
        TopologyFile watched = new TopologyFile(Optional.of(directory.resolve("topology.json")));
        assertThat(watched.read().nodes()).hasSize(2);

        file(GOOD + " ".repeat(max - GOOD.length() + 1));

        assertThat(watched.read().nodes()).hasSize(2);
        assertThat(watched.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("it is over 4194304 bytes"));
    }

    @Test
    void shouldRefuseAFileWithTooManyNodesOrEdges() throws IOException {
        assertThat(ExpectedTopology.read(file(nodes(1_000, 5_000))).edges()).hasSize(5_000);

        Path nodes = file(nodes(1_001, 0));
        assertThatThrownBy(() -> ExpectedTopology.read(nodes))
                .hasMessageContaining("it has more than 1,000 nodes");
        Path edges = file(nodes(1_000, 5_001));
        assertThatThrownBy(() -> ExpectedTopology.read(edges))
                .hasMessageContaining("it has more than 5,000 edges");
    }

    private static String nodes(int nodes, int edges) {
        return IntStream.range(0, nodes)
                        .mapToObj("{\"id\": \"n%1$d\", \"service_type\": \"s%1$d\"}"::formatted)
                        .collect(Collectors.joining(",", "{\"nodes\": [", "], \"edges\": ["))
                + IntStream.range(0, edges)
                        .mapToObj(ExpectedTopologyTest::edge)
                        .collect(Collectors.joining(",", "", "]}"));
    }

    private static String edge(int i) {
        return "{\"id\": \"e%d\", \"source_id\": \"n%d\", \"target_id\": \"n%d\"}"
                .formatted(i, i % 1_000, (i + 1 + i / 1_000) % 1_000);
    }
}
