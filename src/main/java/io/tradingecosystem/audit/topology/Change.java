package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One step from a topology to the next. Between two steps no edge is without its nodes. Immutable.
 *
 * @param snapshot the number of the topology with this change
 * @param at when it was seen
 * @param what what changed
 */
public record Change(long snapshot, Instant at, What what) {
    public Change {
        requireNonNull(at, "at is null");
        requireNonNull(what, "what is null");
    }

    /** What changed. */
    public sealed interface What {}

    /** A node is there that was not. */
    public record NodeAdded(Node node) implements What {}

    /** A node is not there any more. */
    public record NodeRemoved(Node node, String reason) implements What {}

    /** The status of a node is another than before; {@code node} has the new one. */
    public record NodeStatusChanged(Node node, Node.Status old) implements What {}

    /** An edge is there that was not, between two nodes. */
    public record EdgeAdded(Edge edge, Node source, Node target) implements What {}

    /** An edge is not there any more. */
    public record EdgeRemoved(Edge edge, Node source, Node target, String reason) implements What {}

    /** The status of an edge is another than before; {@code edge} has the new one. */
    public record EdgeStatusChanged(Edge edge, Node source, Node target, Edge.Status old)
            implements What {}
}
