package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tradingecosystem.audit.problem.Problem;

/** Problems as gRPC's rich statuses: {@code google.rpc.Status} with retry and error info. */
public final class GrpcProblems {
    private GrpcProblems() {}

    /** The status of a problem. */
    public static StatusRuntimeException status(Problem problem) {
        Status.Builder status =
                Status.newBuilder()
                        .setCode(problem.kind().grpcCode().value())
                        .setMessage(problem.detail());
        problem.retryAfter()
                .ifPresent(
                        delay ->
                                status.addDetails(
                                        Any.pack(
                                                RetryInfo.newBuilder()
                                                        .setRetryDelay(
                                                                Duration.newBuilder()
                                                                        .setSeconds(
                                                                                delay.getSeconds())
                                                                        .setNanos(delay.getNano()))
                                                        .build())));
        if (!problem.members().isEmpty()) {
            ErrorInfo.Builder info = ErrorInfo.newBuilder().setReason(reason(problem));
            problem.members().forEach((name, value) -> info.putMetadata(name, value.toString()));
            status.addDetails(Any.pack(info.build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** The member {@code reason} says more than the kind. */
    private static String reason(Problem problem) {
        return problem.members().getOrDefault("reason", problem.kind().name()).toString();
    }
}
