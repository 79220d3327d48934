package io.tradingecosystem.audit.api.topology;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import com.audit.v1.BasicInfo;
import com.audit.v1.ConnectionDetails;
import com.audit.v1.ConnectionMetrics;
import com.audit.v1.ConnectionType;
import com.audit.v1.EdgeAdded;
import com.audit.v1.EdgeRemoved;
import com.audit.v1.EdgeStatus;
import com.audit.v1.EdgeStatusChanged;
import com.audit.v1.EdgeSummary;
import com.audit.v1.EndpointInfo;
import com.audit.v1.HealthMetrics;
import com.audit.v1.NodeAdded;
import com.audit.v1.NodeRemoved;
import com.audit.v1.NodeStatus;
import com.audit.v1.NodeStatusChanged;
import com.audit.v1.NodeSummary;
import com.audit.v1.TopologyChange;

import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.topology.Change;
import io.tradingecosystem.audit.topology.Edge;
import io.tradingecosystem.audit.topology.Measured;
import io.tradingecosystem.audit.topology.Measured.Facts;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.Traffic;

import java.time.Duration;
import java.util.Locale;

/** Nodes, edges and changes as messages. */
final class TopologyProto {
    private static final double NANOS_A_MILLI = 1e6;

    private TopologyProto() {}

    static NodeSummary message(Node node) {
        return NodeSummary.newBuilder()
                .setId(node.id())
                .setName(node.name())
                .setServiceType(node.type())
                .setInstanceName(node.instance())
                .setStatus(status(node.status()))
                .putAllLabels(node.labels())
                .build();
    }

    static EdgeSummary message(Edge edge) {
        return EdgeSummary.newBuilder()
                .setId(edge.id())
                .setSourceId(edge.source())
                .setTargetId(edge.target())
                .setType(connection(edge.connection()))
                .setStatus(status(edge.status()))
                .setIsCritical(edge.critical())
                .build();
    }

    static NodeStatus status(Node.Status status) {
        return switch (status) {
            case UNKNOWN -> NodeStatus.NODE_STATUS_UNSPECIFIED;
            case LIVE -> NodeStatus.NODE_STATUS_LIVE;
            case DEGRADED -> NodeStatus.NODE_STATUS_DEGRADED;
            case DEAD -> NodeStatus.NODE_STATUS_DEAD;
        };
    }

    private static EdgeStatus status(Edge.Status status) {
        return switch (status) {
            case UNKNOWN -> EdgeStatus.EDGE_STATUS_UNSPECIFIED;
            case ACTIVE -> EdgeStatus.EDGE_STATUS_ACTIVE;
            case DEGRADED -> EdgeStatus.EDGE_STATUS_DEGRADED;
            case FAILED -> EdgeStatus.EDGE_STATUS_FAILED;
        };
    }

    private static ConnectionType connection(Edge.Connection connection) {
        return switch (connection) {
            case GRPC -> ConnectionType.CONNECTION_TYPE_GRPC;
            case HTTP -> ConnectionType.CONNECTION_TYPE_HTTP;
            case DATA_FLOW -> ConnectionType.CONNECTION_TYPE_DATA_FLOW;
        };
    }

    static TopologyChange message(Change change, String snapshotId) {
        TopologyChange.Builder message =
                TopologyChange.newBuilder()
                        .setTimestamp(timestamp(change.at()))
                        .setSnapshotId(snapshotId);
        set(change.what(), message);
        return message.build();
    }

    private static void set(Change.What what, TopologyChange.Builder message) {
        switch (what) {
            case Change.NodeAdded(Node node) ->
                    message.setNodeAdded(NodeAdded.newBuilder().setNode(message(node)));
            case Change.NodeRemoved(Node node, String reason) ->
                    message.setNodeRemoved(
                            NodeRemoved.newBuilder().setNodeId(node.id()).setReason(reason));
            case Change.NodeStatusChanged(Node node, Node.Status old) ->
                    message.setNodeStatusChanged(
                            NodeStatusChanged.newBuilder()
                                    .setNodeId(node.id())
                                    .setOldStatus(status(old))
                                    .setNewStatus(status(node.status()))
                                    .setReason(node.reason()));
            case Change.EdgeAdded added ->
                    message.setEdgeAdded(EdgeAdded.newBuilder().setEdge(message(added.edge())));
            case Change.EdgeRemoved removed ->
                    message.setEdgeRemoved(
                            EdgeRemoved.newBuilder()
                                    .setEdgeId(removed.edge().id())
                                    .setReason(removed.reason()));
            case Change.EdgeStatusChanged changed ->
                    message.setEdgeStatusChanged(
                            EdgeStatusChanged.newBuilder()
                                    .setEdgeId(changed.edge().id())
                                    .setOldStatus(status(changed.old()))
                                    .setNewStatus(status(changed.edge().status()))
                                    .setReason(changed.edge().reason()));
        }
    }

    static BasicInfo basicInfo(Measured<Node> node) {
        Facts facts = node.facts();
        BasicInfo.Builder info =
                BasicInfo.newBuilder()
                        .setVersion(facts.version())
                        .setEnvironment(facts.environment());
        facts.startedAt().map(Protobuf::timestamp).ifPresent(info::setStartedAt);
        node.lastSeen().map(Protobuf::timestamp).ifPresent(info::setLastSeen);
        return info.build();
    }

    static EndpointInfo endpoints(Facts facts) {
        return EndpointInfo.newBuilder()
                .addAllGrpcEndpoints(facts.grpc())
                .addAllHttpEndpoints(facts.http())
                .addAllMetricsEndpoints(facts.metrics())
                .build();
    }

    static HealthMetrics health(Traffic traffic) {
        return HealthMetrics.newBuilder()
                .setTotalRequests(traffic.requests())
                .setTotalErrors(traffic.requestErrors())
                .setErrorRate(traffic.errorRate())
                .setMeasuredAt(timestamp(traffic.at()))
                .build();
    }

    static ConnectionMetrics metrics(Traffic traffic) {
        ConnectionMetrics.Builder metrics =
                ConnectionMetrics.newBuilder()
                        .setThroughputRps(Math.round(traffic.rate()))
                        .setErrorRate(traffic.errorRate())
                        .setMeasuredAt(timestamp(traffic.at()));
        traffic.p50().map(TopologyProto::millis).ifPresent(metrics::setLatencyP50Ms);
        traffic.p99().map(TopologyProto::millis).ifPresent(metrics::setLatencyP99Ms);
        return metrics.build();
    }

    static double millis(Duration duration) {
        return duration.toNanos() / NANOS_A_MILLI;
    }

    static ConnectionDetails details(Measured<Edge> edge) {
        ConnectionDetails.Builder details =
                ConnectionDetails.newBuilder()
                        .setProtocol(edge.value().connection().name().toLowerCase(Locale.ROOT));
        edge.traffic().ifPresent(traffic -> details.addAllMethods(traffic.methods()));
        edge.firstSeen().map(Protobuf::timestamp).ifPresent(details::setEstablishedAt);
        return details.build();
    }
}
