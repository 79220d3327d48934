package io.tradingecosystem.audit.server.grpc;

import io.grpc.stub.StreamObserver;

/** The answers of methods. */
public final class GrpcAnswers {
    private GrpcAnswers() {}

    /** Answers with one message, and nothing more. */
    public static <T> void one(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }
}
