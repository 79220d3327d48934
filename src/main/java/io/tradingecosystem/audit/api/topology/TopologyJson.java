package io.tradingecosystem.audit.api.topology;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.topology.Edge;
import io.tradingecosystem.audit.topology.Measured;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.TopologyView;
import io.tradingecosystem.audit.topology.Traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The topology as the page reads it; what is not known is absent. */
record TopologyJson(
        String snapshotId,
        Instant at,
        double measuredSeconds,
        Registry registry,
        Optional<String> fileProblem,
        List<NodeJson> nodes,
        List<EdgeJson> edges,
        boolean truncated,
        Optional<List<Left>> incomplete,
        Linked linksProgress) {

    static TopologyJson of(TopologyView view) {
        List<Omission> omissions = view.incomplete();
        return new TopologyJson(
                view.snapshotId(),
                view.at(),
                seconds(view.measured()),
                new Registry(
                        view.registry().state(),
                        view.registry().backend(),
                        view.registry().asOf(),
                        view.registry().lastError()),
                view.fileProblem(),
                view.structure().nodes().values().stream().map(NodeJson::of).toList(),
                view.structure().edges().values().stream().map(EdgeJson::of).toList(),
                !omissions.isEmpty(),
                Optional.of(omissions.stream().map(Left::of).toList())
                        .filter(list -> !list.isEmpty()),
                new Linked(view.links().position(), view.links().behind()));
    }

    /** How the registry is. */
    record Registry(String state, String backend, Instant asOf, Optional<String> lastError) {}

    /** What a bound left out, as every answer has it. */
    record Left(
            Bound bound,
            OptionalLong leftOut,
            Optional<Instant> since,
            Optional<Instant> until,
            String explanation) {
        static Left of(Omission omission) {
            return new Left(
                    omission.bound(),
                    omission.leftOut(),
                    omission.since(),
                    omission.until(),
                    omission.explanation());
        }
    }

    /** How far links have come. */
    record Linked(long position, long behind) {}

    /** A node. */
    record NodeJson(
            String id,
            String name,
            String type,
            String instance,
            Node.Status status,
            String reason,
            Map<String, String> labels,
            List<String> endpoints,
            Optional<Instant> lastSeen,
            Optional<TrafficJson> traffic) {
        static NodeJson of(Measured<Node> each) {
            Node node = each.value();
            return new NodeJson(
                    node.id(),
                    node.name(),
                    node.type(),
                    node.instance(),
                    node.status(),
                    node.reason(),
                    node.labels(),
                    endpoints(each),
                    each.lastSeen(),
                    each.traffic().map(TrafficJson::of));
        }

        private static List<String> endpoints(Measured<Node> each) {
            return Stream.concat(
                            each.facts().http().stream(),
                            each.facts().grpc().stream().map(at -> "grpc://" + at))
                    .toList();
        }
    }

    /** An edge. */
    record EdgeJson(
            String id,
            String source,
            String target,
            Edge.Connection connection,
            Edge.Status status,
            String reason,
            boolean critical,
            Optional<Instant> lastSeen,
            Optional<TrafficJson> traffic) {
        static EdgeJson of(Measured<Edge> each) {
            Edge edge = each.value();
            return new EdgeJson(
                    edge.id(),
                    edge.source(),
                    edge.target(),
                    edge.connection(),
                    edge.status(),
                    edge.reason(),
                    edge.critical(),
                    each.lastSeen(),
                    each.traffic().map(TrafficJson::of));
        }
    }

    /** What was measured; times in seconds. */
    record TrafficJson(
            long count,
            double perSecond,
            long requests,
            long errors,
            double errorRate,
            Optional<Double> p50,
            Optional<Double> p99,
            List<String> types) {
        static TrafficJson of(Traffic traffic) {
            return new TrafficJson(
                    traffic.count(),
                    traffic.rate(),
                    traffic.requests(),
                    traffic.requestErrors(),
                    traffic.errorRate(),
                    traffic.p50().map(TopologyJson::seconds),
                    traffic.p99().map(TopologyJson::seconds),
                    traffic.methods());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
