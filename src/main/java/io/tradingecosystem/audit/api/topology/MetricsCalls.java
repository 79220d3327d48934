package io.tradingecosystem.audit.api.topology;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import com.audit.v1.EdgeMetricsUpdate;
import com.audit.v1.MetricsUpdate;
import com.audit.v1.NodeMetricsUpdate;
import com.audit.v1.StreamMetricsUpdatesRequest;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.common.Signal;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.PacedCall;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.topology.Edge;
import io.tradingecosystem.audit.topology.Measured;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.Topology;
import io.tradingecosystem.audit.topology.TopologyView;
import io.tradingecosystem.audit.topology.Traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Those who watch the metrics of a topology: each gets all of them at each of its intervals, no
 * faster than it reads. Their number is bounded. Thread-safe.
 */
final class MetricsCalls {
    private static final int MAX = 256;
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Duration PULSE = Duration.ofSeconds(1);

    private final Topology topology;
    private final Semaphore places = new Semaphore(MAX);
    private final Signal end = new Signal();
    private volatile boolean ended;

    MetricsCalls(Topology topology) {
        this.topology = topology;
    }

    /** Ends all of them. */
    void end() {
        ended = true;
        end.raise();
    }

    void watch(StreamMetricsUpdatesRequest request, StreamObserver<MetricsUpdate> response) {
        Duration interval = interval(request);
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(Kind.BUSY, MAX + " watch already; try again later.")
                            .retryAfter(Duration.ofSeconds(10)));
        }
        Disclosure.current().isStream();
        PacedCall<MetricsUpdate> call =
                new PacedCall<>((ServerCallStreamObserver<MetricsUpdate>) response, () -> ended);
        call.start("topology-metrics", () -> send(request, interval, call), places::release);
    }

    private static Duration interval(StreamMetricsUpdatesRequest request) {
        if (!request.hasUpdateInterval()) {
            return USUAL;
        }
        Duration asked = Protobuf.duration(request.getUpdateInterval());
        Duration least = asked.compareTo(LEAST) < 0 ? LEAST : asked;
        return least.compareTo(MOST) > 0 ? MOST : least;
    }

    private void send(
            StreamMetricsUpdatesRequest request, Duration interval, PacedCall<MetricsUpdate> call)
            throws InterruptedException {
        long next = System.nanoTime();
        while (!call.isOver()) {
            for (MetricsUpdate update : updates(topology.current(), request)) {
                if (!call.send(update)) {
                    call.leave();
                    return;
                }
            }
            next = Math.max(next + interval.toNanos(), System.nanoTime());
            await(next, call);
        }
        call.leave();
    }

    private void await(long time, PacedCall<?> call) throws InterruptedException {
        long left = time - System.nanoTime();
        while (left > 0 && !call.isOver()) {
            end.await(() -> ended, Duration.ofNanos(Math.min(left, PULSE.toNanos())));
            left = time - System.nanoTime();
        }
    }

    private static List<MetricsUpdate> updates(
            TopologyView view, StreamMetricsUpdatesRequest request) {
        MetricsChoice choice = MetricsChoice.of(request, view.structure());
        List<MetricsUpdate> updates = new ArrayList<>();
        for (Measured<Node> each : view.structure().nodes().values()) {
            if (choice.has(each.value())) {
                each.traffic().map(now -> of(each.value(), now)).ifPresent(updates::add);
            }
        }
        for (Measured<Edge> each : view.structure().edges().values()) {
            if (choice.has(each.value())) {
                each.traffic().map(now -> of(each.value(), now)).ifPresent(updates::add);
            }
        }
        return updates;
    }

    private static MetricsUpdate of(Node node, Traffic traffic) {
        return MetricsUpdate.newBuilder()
                .setTimestamp(timestamp(traffic.at()))
                .setNodeMetrics(
                        NodeMetricsUpdate.newBuilder()
                                .setNodeId(node.id())
                                .setMetrics(TopologyProto.health(traffic)))
                .build();
    }

    private static MetricsUpdate of(Edge edge, Traffic traffic) {
        return MetricsUpdate.newBuilder()
                .setTimestamp(timestamp(traffic.at()))
                .setEdgeMetrics(
                        EdgeMetricsUpdate.newBuilder()
                                .setEdgeId(edge.id())
                                .setMetrics(TopologyProto.metrics(traffic)))
                .build();
    }
}
