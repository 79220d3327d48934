package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

/**
 * That one node calls another, or that its events cause some of the other's. Immutable.
 *
 * @param id the same as long as its nodes have their ids
 * @param source the id of the node that calls or causes
 * @param target the id of the other
 * @param connection how
 * @param status how it is
 * @param reason why it is so, in words
 * @param critical whether the topology file says so
 */
public record Edge(
        String id,
        String source,
        String target,
        Connection connection,
        Status status,
        String reason,
        boolean critical) {
    public Edge {
        requireNonNull(id, "id is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(status, "status is null");
        requireNonNull(reason, "reason is null");
    }

    /** What goes over an edge. */
    public enum Connection {
        GRPC,
        HTTP,
        /** Events follow from events; how one service is told of the other's is not known. */
        DATA_FLOW
    }

    /** How an edge is. */
    public enum Status {
        /** Nothing went over it lately. */
        UNKNOWN,
        ACTIVE,
        /** A tenth or more of what went over it were errors, or one end is degraded. */
        DEGRADED,
        /** Half or more were errors, or one end is dead. */
        FAILED
    }
}
