package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** grpc-java's client over Netty, which shares no transport with either engine. */
public final class GrpcClient implements AutoCloseable {
    final ManagedChannel channel;

    private GrpcClient(ManagedChannel channel) {
        this.channel = channel;
    }

    public static GrpcClient of(int port) {
        return of(port, channel -> channel);
    }

    static GrpcClient of(int port, UnaryOperator<NettyChannelBuilder> options) {
        return new GrpcClient(
                options.apply(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext())
                        .maxInboundMessageSize(64 << 20)
                        .build());
    }

    /** What every call has, so that none hangs. */
    static CallOptions patient() {
        return within(10_000);
    }

    public static CallOptions within(int millis) {
        return CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    public String ask(String text) {
        return ask(text, patient());
    }

    public String ask(String text, CallOptions options) {
        return ClientCalls.blockingUnaryCall(
                        channel, GrpcTestService.ASK, options, StringValue.of(text))
                .getValue();
    }

    public ManagedChannel channel() {
        return channel;
    }

    public Future<StringValue> asking(String text, CallOptions options) {
        return ClientCalls.futureUnaryCall(
                channel.newCall(GrpcTestService.ASK, options), StringValue.of(text));
    }

    public HealthGrpc.HealthBlockingStub health() {
        return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.SECONDS);
    }

    public static HealthCheckRequest healthOf(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }

    static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    public static Status.Code code(Runnable call) {
        return failure(call).getStatus().getCode();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
