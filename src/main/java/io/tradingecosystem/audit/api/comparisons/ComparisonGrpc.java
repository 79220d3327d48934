package io.tradingecosystem.audit.api.comparisons;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.v1.CompareRequest;
import io.tradingecosystem.audit.v1.CompareResponse;
import io.tradingecosystem.audit.v1.ComparisonServiceGrpc;

/** Two runs side by side over gRPC: {@code audit.v1.ComparisonService}. */
public final class ComparisonGrpc extends ComparisonServiceGrpc.ComparisonServiceImplBase {
    private final RunComparisons comparisons;

    public ComparisonGrpc(RunComparisons comparisons) {
        this.comparisons = requireNonNull(comparisons, "comparisons is null");
    }

    @Override
    public void compare(CompareRequest request, StreamObserver<CompareResponse> response) {
        GrpcAnswers.one(
                response,
                ComparisonProto.message(
                        comparisons.of(request.getRun(), request.getBaselinesList())));
    }
}
