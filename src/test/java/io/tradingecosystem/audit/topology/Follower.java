package io.tradingecosystem.audit.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;

/** Somebody who knows a topology by its changes alone, and fails where one cannot be. */
final class Follower {
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final TreeMap<String, Edge> edges = new TreeMap<>();

    void take(Change.What what) {
        switch (what) {
            case Change.NodeAdded(Node node) ->
                    assertThat(nodes.put(node.id(), node)).as(node.id()).isNull();
            case Change.NodeRemoved(Node node, String reason) -> {
                assertThat(nodes.remove(node.id())).isNotNull();
                requireEnds();
            }
            case Change.NodeStatusChanged(Node node, Node.Status old) ->
                    assertThat(nodes.put(node.id(), node).status()).isEqualTo(old);
            case Change.EdgeAdded added -> {
                assertThat(edges.put(added.edge().id(), added.edge())).isNull();
                requireEnds();
            }
            case Change.EdgeRemoved removed ->
                    assertThat(edges.remove(removed.edge().id())).isNotNull();
            case Change.EdgeStatusChanged changed ->
                    assertThat(edges.put(changed.edge().id(), changed.edge()).status())
                            .isEqualTo(changed.old());
        }
    }

    private void requireEnds() {
        assertThat(edges.values())
                .allSatisfy(
                        edge -> {
                            assertThat(nodes).containsKey(edge.source());
                            assertThat(nodes).containsKey(edge.target());
                        });
    }

    void requireEqual(Structure structure) {
        assertThat(nodes.keySet()).isEqualTo(structure.nodes().keySet());
        assertThat(edges.keySet()).isEqualTo(structure.edges().keySet());
        structure
                .nodes()
                .forEach(
                        (id, node) ->
                                assertThat(nodes.get(id).status())
                                        .isEqualTo(node.value().status()));
        structure
                .edges()
                .forEach(
                        (id, edge) ->
                                assertThat(edges.get(id).status())
                                        .isEqualTo(edge.value().status()));
    }
}
