package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.topology.Change.EdgeAdded;
import io.tradingecosystem.audit.topology.Change.EdgeRemoved;
import io.tradingecosystem.audit.topology.Change.EdgeStatusChanged;
import io.tradingecosystem.audit.topology.Change.NodeAdded;
import io.tradingecosystem.audit.topology.Change.NodeRemoved;
import io.tradingecosystem.audit.topology.Change.NodeStatusChanged;
import io.tradingecosystem.audit.topology.Change.What;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The steps from one structure to another, in such an order that no edge is without its nodes at
 * any time.
 */
final class Differences {
    private static final String GONE = "nothing was heard of it for a while";
    private static final String ANEW = "its description is another";

    private final Structure before;
    private final Structure after;
    private final List<What> steps = new ArrayList<>();

    private Differences(Structure before, Structure after) {
        this.before = before;
        this.after = after;
    }

    static List<What> between(Structure before, Structure after) {
        Differences differences = new Differences(before, after);
        differences.removeEdges();
        differences.removeNodes();
        differences.addNodes();
        differences.addEdges();
        return differences.steps;
    }

    /** All of a structure, as if there had been nothing. */
    static List<What> whole(Structure structure) {
        return between(Structure.EMPTY, structure);
    }

    private void removeEdges() {
        before.edges().values().stream()
                .map(Measured::value)
                .filter(edge -> !isKept(edge))
                .forEach(
                        edge ->
                                steps.add(
                                        new EdgeRemoved(
                                                edge,
                                                node(before, edge.source()),
                                                node(before, edge.target()),
                                                GONE)));
    }

    /** An edge whose nodes come anew comes anew itself. */
    private boolean isKept(Edge edge) {
        Measured<Edge> now = after.edges().get(edge.id());
        return now != null
                && now.value().source().equals(edge.source())
                && now.value().target().equals(edge.target())
                && now.value().connection() == edge.connection()
                && now.value().critical() == edge.critical()
                && isKept(node(before, edge.source()))
                && isKept(node(before, edge.target()));
    }

    private boolean isKept(Node node) {
        Measured<Node> now = after.nodes().get(node.id());
        return now != null && isSame(node, now.value());
    }

    /** What is no more than a label, such as a version, is no other node. */
    private static boolean isSame(Node one, Node other) {
        return one.name().equals(other.name())
                && one.type().equals(other.type())
                && one.instance().equals(other.instance());
    }

    private void removeNodes() {
        before.nodes().values().stream()
                .map(Measured::value)
                .filter(node -> !isKept(node))
                .forEach(
                        node ->
                                steps.add(
                                        new NodeRemoved(
                                                node,
                                                after.nodes().containsKey(node.id())
                                                        ? ANEW
                                                        : GONE)));
    }

    private void addNodes() {
        for (Measured<Node> each : after.nodes().values()) {
            Node node = each.value();
            Measured<Node> old = before.nodes().get(node.id());
            if (old == null || !isSame(old.value(), node)) {
                steps.add(new NodeAdded(node));
            } else if (old.value().status() != node.status()) {
                steps.add(new NodeStatusChanged(node, old.value().status()));
            }
        }
    }

    private void addEdges() {
        for (Measured<Edge> each : after.edges().values()) {
            Edge edge = each.value();
            Measured<Edge> old = before.edges().get(edge.id());
            Node source = node(after, edge.source());
            Node target = node(after, edge.target());
            if (old == null || !isKept(old.value())) {
                steps.add(new EdgeAdded(edge, source, target));
            } else if (old.value().status() != edge.status()) {
                steps.add(new EdgeStatusChanged(edge, source, target, old.value().status()));
            }
        }
    }

    private static Node node(Structure structure, String id) {
        return Objects.requireNonNull(structure.nodes().get(id), id).value();
    }
}
