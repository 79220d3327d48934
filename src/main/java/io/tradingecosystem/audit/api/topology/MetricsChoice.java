package io.tradingecosystem.audit.api.topology;

import com.audit.v1.StreamMetricsUpdatesRequest;

import io.tradingecosystem.audit.topology.Edge;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.Structure;

import java.util.Objects;
import java.util.Set;

/** Which nodes and edges somebody wants to hear of; all where nothing is said. */
record MetricsChoice(
        boolean all, Set<String> nodes, Set<String> edges, TypeFilter types, Structure structure) {
    static MetricsChoice of(StreamMetricsUpdatesRequest request, Structure structure) {
        TypeFilter types = TypeFilter.of(request.getServiceTypesList());
        Set<String> nodes = Set.copyOf(request.getNodeIdsList());
        Set<String> edges = Set.copyOf(request.getEdgeIdsList());
        boolean all = types.isAll() && nodes.isEmpty() && edges.isEmpty();
        return new MetricsChoice(all, nodes, edges, types, structure);
    }

    boolean has(Node node) {
        return all || nodes.contains(node.id()) || isOfTypes(node);
    }

    boolean has(Edge edge) {
        return all
                || edges.contains(edge.id())
                || (isOfTypes(node(edge.source())) && isOfTypes(node(edge.target())));
    }

    private boolean isOfTypes(Node node) {
        return !types.isAll() && types.has(node);
    }

    private Node node(String id) {
        return Objects.requireNonNull(structure.nodes().get(id), id).value();
    }
}
