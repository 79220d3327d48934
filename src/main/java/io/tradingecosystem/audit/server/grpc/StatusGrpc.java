package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.monitoring.Status;
import io.tradingecosystem.audit.v1.GetStatusRequest;
import io.tradingecosystem.audit.v1.GetStatusResponse;
import io.tradingecosystem.audit.v1.StatusServiceGrpc;

import java.nio.charset.StandardCharsets;

/** The status document over gRPC: {@code audit.v1.StatusService}. */
final class StatusGrpc extends StatusServiceGrpc.StatusServiceImplBase {
    private final Status status;

    StatusGrpc(Status status) {
        this.status = status;
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> response) {
        Struct.Builder document = Struct.newBuilder();
        String json = new String(Json.bytes(status.document()), StandardCharsets.UTF_8);
        try {
            JsonFormat.parser().merge(json, document);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the status document is not a JSON object", e);
        }
        GrpcAnswers.one(response, GetStatusResponse.newBuilder().setStatus(document).build());
    }
}
