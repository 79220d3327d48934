package io.tradingecosystem.audit.peer;

import io.grpc.ManagedChannel;
import io.grpc.internal.GrpcUtil;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.net.SocketFactory;

/**
 * Makes grpc-java's channels to instances of a peer: plain text, on virtual threads, without
 * retries of their own. Each has at most one connection at a time, made on first use, closed when
 * idle, and made again after a failure with gRPC's back-off. Thread-safe.
 */
final class Channels {
    private static final int WINDOW = 1 << 20;
    private static final int METADATA = 16 << 10;

    private final PeerPolicy policy;
    private final Function<String, SocketFactory> sockets;
    private final Executor threads;
    private final TracePropagation traces;

    /**
     * @param sockets makes connections to a host
     * @param threads runs what blocks: reading, writing, connecting
     */
    Channels(
            PeerPolicy policy,
            Function<String, SocketFactory> sockets,
            Executor threads,
            TracePropagation traces) {
        this.policy = policy;
        this.sockets = sockets;
        this.threads = threads;
        this.traces = traces;
    }

    /** A channel for calls. */
    ManagedChannel forCalls(String host, int port) {
        return builder(host, port)
                .idleTimeout(policy.connection().idle().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTime(policy.connection().keepaliveTime().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(
                        policy.connection().keepaliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .build();
    }

    /**
     * A channel for a call that is silent for hours: servers on gRPC's C core close the connection
     * of a client that pings a silent one more often than every five minutes, and with it the calls
     * in flight.
     */
    ManagedChannel withoutPings(String host, int port) {
        return builder(host, port).build();
    }

    private OkHttpChannelBuilder builder(String host, int port) {
        // By name alone a host that is called like a scheme of targets would be taken for one.
        return OkHttpChannelBuilder.forTarget(
                        "dns:///" + GrpcUtil.authorityFromHostAndPort(host, port))
                .usePlaintext()
                // A proxy would connect to whatever the name stands for there.
                .proxyDetector(target -> null)
                .socketFactory(sockets.apply(host))
                .transportExecutor(threads)
                .executor(threads)
                .flowControlWindow(WINDOW)
                .maxInboundMessageSize(policy.maxResponseSize())
                .maxInboundMetadataSize(METADATA)
                .disableRetry()
                .disableServiceConfigLookUp()
                .intercept(traces);
    }
}
