package io.tradingecosystem.audit.server.grpc;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The default engine: grpc-java's blocking transport on virtual threads. Deadlines, cancellation,
 * errors and flow control work as gRPC says, which Helidon's own engine does not offer.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code OkHttpServerTransport}, logs a stack trace for each
 * connection that breaks off. Held by: {@code
 * GrpcAttackTest.shouldNotLogAStackTraceForEachConnectionThatBreaksOff}. Look again: grpc-okhttp
 * 1.80.
 */
public final class GrpcJavaEngine implements GrpcEngine {
    /** Held on to: a filter set on a logger that nobody holds is lost with it. */
    private static final Logger TRANSPORT =
            Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

    private final Handover handover;
    private final Server server;

    public GrpcJavaEngine(GrpcSettings settings, GrpcCalls calls) {
        // A connection that breaks off is a warning to it, with a stack trace each.
        TRANSPORT.setFilter(record -> !(record.getThrown() instanceof IOException));
        this.handover = new Handover(settings.flowControlWindow());
        InboundMessages inbound = new InboundMessages(settings.maxMessageSize(), calls.memory());
        // The port is of no consequence: connections come from the handover.
        OkHttpServerBuilder builder =
                OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create())
                        .socketFactory(handover)
                        .transportExecutor(
                                HandedSocket.readers(Executors.newVirtualThreadPerTaskExecutor()))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .maxInboundMessageSize(Integer.MAX_VALUE)
                        .maxInboundMetadataSize(settings.maxMetadataSize())
                        .maxConcurrentCallsPerConnection(settings.maxConcurrentStreams())
                        .flowControlWindow(settings.flowControlWindow())
                        .permitKeepAliveTime(
                                settings.permitPingAfter().toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .keepAliveTime(settings.pingAfter().toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(settings.pingTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .maxConnectionIdle(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .decompressorRegistry(LateGzip.registry())
                        .addStreamTracerFactory(inbound)
                        // The last one is outermost.
                        .intercept(inbound)
                        .intercept(calls.filter())
                        .addStreamTracerFactory(calls.metrics());
        // Read inside the filter, so that a message over the limit or one that cannot be parsed
        // gets
        // an answer that says so.
        calls.guarded(new BoundedMessages(settings.maxMessageSize())).forEach(builder::addService);
        this.server = builder.build();
    }

    @Override
    public ServerConnectionSelector connections() {
        return handover;
    }

    @Override
    public void configure(ListenerConfig.Builder listener) {}

    @Override
    public void start() throws IOException {
        server.start();
    }

    @Override
    public void shutdown() {
        server.shutdown();
    }

    @Override
    public boolean awaitTermination(Duration grace) throws InterruptedException {
        return server.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        server.shutdownNow();
    }
}
