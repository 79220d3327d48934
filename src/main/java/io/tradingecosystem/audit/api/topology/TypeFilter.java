package io.tradingecosystem.audit.api.topology;

import io.tradingecosystem.audit.topology.Change;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.Topology;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes of some types, and what is between them; no types mean all.
 *
 * @param types without the suffix of a language
 */
record TypeFilter(Set<String> types) {
    static TypeFilter of(Collection<String> asked) {
        return new TypeFilter(
                asked.stream()
                        .filter(each -> !each.isEmpty())
                        .map(Topology::type)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean isAll() {
        return types.isEmpty();
    }

    boolean has(Node node) {
        return types.isEmpty() || types.contains(node.type());
    }

    boolean has(Change.What what) {
        return switch (what) {
            case Change.NodeAdded(Node node) -> has(node);
            case Change.NodeRemoved(Node node, String reason) -> has(node);
            case Change.NodeStatusChanged(Node node, Node.Status old) -> has(node);
            case Change.EdgeAdded change -> has(change.source()) && has(change.target());
            case Change.EdgeRemoved change -> has(change.source()) && has(change.target());
            case Change.EdgeStatusChanged change -> has(change.source()) && has(change.target());
        };
    }
}
