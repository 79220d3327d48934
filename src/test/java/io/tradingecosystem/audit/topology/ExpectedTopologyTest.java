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
}
