package io.tradingecosystem.audit.server.http.connect;

import com.audit.v1.GetNodeMetadataRequest;
import com.audit.v1.GetNodeMetadataResponse;
import com.audit.v1.GetTopologyStructureRequest;
import com.audit.v1.HealthMetrics;
import com.audit.v1.MetricsUpdate;
import com.audit.v1.NodeAdded;
import com.audit.v1.NodeMetadata;
import com.audit.v1.NodeMetricsUpdate;
import com.audit.v1.NodeStatus;
import com.audit.v1.NodeSummary;
import com.audit.v1.StreamMetricsUpdatesRequest;
import com.audit.v1.StreamTopologyChangesRequest;
import com.audit.v1.TopologyChange;
import com.audit.v1.TopologyServiceGrpc.TopologyServiceImplBase;
import com.audit.v1.TopologyStructureResponse;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.PacedCall;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A service that answers what it is asked to. */
final class EchoTopology extends TopologyServiceImplBase {
    final CountDownLatch left = new CountDownLatch(1);
    final AtomicLong asked = new AtomicLong();
    final AtomicLong sent = new AtomicLong();
    final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public void getTopologyStructure(
            GetTopologyStructureRequest request,
            StreamObserver<TopologyStructureResponse> response) {
        response.onNext(
                TopologyStructureResponse.newBuilder()
                        .setRequestId(request.getRequestId())
                        .addNodes(
                                NodeSummary.newBuilder()
                                        .setId("a")
                                        .setServiceType(String.join("+", types(request)))
                                        .setStatus(NodeStatus.NODE_STATUS_LIVE))
                        .build());
        response.onCompleted();
    }

    private static Iterable<String> types(GetTopologyStructureRequest request) {
        return request.getServiceTypesList();
    }

    @Override
    public void getNodeMetadata(
            GetNodeMetadataRequest request, StreamObserver<GetNodeMetadataResponse> response) {
        switch (request.getRequestId()) {
            case "problem" ->
                    throw new ProblemException(
                            Problem.of(Kind.NOT_FOUND, "there is no node x").with("node", "x"));
            case "status" ->
                    response.onError(
                            Status.FAILED_PRECONDITION.withDescription("not yet").asException());
            case "bug" -> throw new IllegalStateException("a bug");
            case "never" -> left.countDown();
            default -> {
                response.onNext(
                        GetNodeMetadataResponse.newBuilder()
                                .putMetadata(
                                        "n",
                                        NodeMetadata.newBuilder()
                                                .setHealthMetrics(
                                                        HealthMetrics.newBuilder()
                                                                .setTotalRequests(1L << 60))
                                                .build())
                                .build());
                response.onCompleted();
            }
        }
    }

    @Override
    public void streamTopologyChanges(
            StreamTopologyChangesRequest request, StreamObserver<TopologyChange> response) {
        asked.incrementAndGet();
        for (String id : request.getServiceTypesList()) {
            response.onNext(
                    TopologyChange.newBuilder()
                            .setSnapshotId(id)
                            .setNodeAdded(
                                    NodeAdded.newBuilder()
                                            .setNode(NodeSummary.newBuilder().setId(id)))
                            .build());
        }
        switch (request.getFromSnapshotId()) {
            case "end" -> response.onCompleted();
            case "problem" ->
                    response.onError(
                            new ProblemException(Problem.of(Kind.UNAVAILABLE, "it went away")));
            default ->
                    ((ServerCallStreamObserver<TopologyChange>) response)
                            .setOnCancelHandler(left::countDown);
        }
    }

    /** Without an end, as fast as they are read. */
    @Override
    public void streamMetricsUpdates(
            StreamMetricsUpdatesRequest request, StreamObserver<MetricsUpdate> response) {
        MetricsUpdate update =
                MetricsUpdate.newBuilder()
                        .setNodeMetrics(
                                NodeMetricsUpdate.newBuilder().setNodeId("n".repeat(10_000)))
                        .build();
        PacedCall<MetricsUpdate> call =
                new PacedCall<>((ServerCallStreamObserver<MetricsUpdate>) response, ended::get);
        call.start(
                "echo-metrics",
                () -> {
                    while (call.send(update)) {
                        sent.incrementAndGet();
                    }
                    call.leave();
                },
                left::countDown);
    }
}
