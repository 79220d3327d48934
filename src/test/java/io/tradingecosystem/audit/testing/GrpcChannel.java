package io.tradingecosystem.audit.testing;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** A channel to a port of this machine. */
public record GrpcChannel(ManagedChannel channel) implements AutoCloseable {

    public static GrpcChannel to(int port) {
        return new GrpcChannel(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
