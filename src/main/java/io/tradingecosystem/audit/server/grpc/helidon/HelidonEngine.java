package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.helidon.config.Config;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolSelector;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tradingecosystem.audit.server.grpc.GrpcCalls;
import io.tradingecosystem.audit.server.grpc.GrpcEngine;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The second engine: Helidon's own HTTP/2 and gRPC, with what it lacks put around every call by
 * {@link HelidonCalls}. {@code HelidonEngineTest} marks by name what the engine cannot do even so.
 * Methods run on Helidon's virtual threads of the streams.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http2Config} with its default frame size, loses updates of a
 * window under load, ends a connection after 50 resets, and cuts messages off at 2 MiB; the
 * settings here avoid that. Held by: {@code
 * GrpcStreamSuite.shouldBringManyLargeRepliesAtOnceToAClientWithASmallWindow}. Look again: Helidon
 * 4.6.
 */
public final class HelidonEngine implements GrpcEngine {
    /** Http2Config's own default has a window strategy that loses updates under load. */
    private static final int MAX_FRAME_SIZE = 262_145;

    /** A stalled reader is not an error before this; Helidon then ends the connection. */
    private static final Duration STALLED_READER = Duration.ofMinutes(10);

    private final GrpcCalls served;
    private final HelidonCalls calls;
    private final HelidonMessages messages;
    private final HelidonConnections connections;

    public HelidonEngine(GrpcSettings settings, GrpcCalls served) {
        this.served = served;
        this.calls = new HelidonCalls(served, settings.maxMessageSize());
        this.messages = new HelidonMessages(settings.maxMessageSize());
        this.connections = new HelidonConnections(selector(settings), calls);
    }

    private ServerConnectionSelector selector(GrpcSettings settings) {
        Set<String> methods =
                served.services().stream()
                        .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
                        .map(MethodDescriptor::getFullMethodName)
                        .collect(Collectors.toSet());
        return Http2ConnectionSelector.builder()
                .http2Config(
                        Http2Config.builder()
                                .maxFrameSize(MAX_FRAME_SIZE)
                                .maxHeaderListSize(settings.maxMetadataSize())
                                .maxConcurrentStreams(settings.maxConcurrentStreams())
                                .initialWindowSize(settings.flowControlWindow())
                                .flowControlTimeout(STALLED_READER)
                                // A deadline that passes is a reset, and not an attack.
                                .maxRapidResets(-1)
                                .build())
                .addSubProtocolSelector(new OtherRequests())
                .addSubProtocolSelector(new UnknownMethods(methods, served.metrics()))
                .addSubProtocolSelector(
                        GrpcProtocolSelector.create(
                                GrpcConfig.builder()
                                        .maxReadBufferSize(readBuffer(settings))
                                        .build()))
                .build();
    }

    /** What Helidon cuts off by itself; below it the filter answers. */
    private static int readBuffer(GrpcSettings settings) {
        return (int) Math.min(Integer.MAX_VALUE, 4L * settings.maxMessageSize());
    }

    @Override
    public ServerConnectionSelector connections() {
        return connections;
    }

    @Override
    public void configure(ListenerConfig.Builder listener) {
        GrpcRouting.Builder routing = GrpcRouting.builder().config(Config.empty());
        served.guarded(messages).forEach(service -> routing.service(filtered(service)));
        listener.addRouting(routing);
    }

    /** The calls are outermost, then comes the filter, then guard and reading of messages. */
    private ServerServiceDefinition filtered(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(service, served.filter(), calls);
    }

    @Override
    public void start() {}

    @Override
    public void shutdown() {
        calls.refuse();
        connections.refuse();
    }

    @Override
    public boolean awaitTermination(Duration grace) throws InterruptedException {
        return calls.awaitNone(grace);
    }

    @Override
    public void stop() {
        shutdown();
        calls.cancelAll();
        connections.closeAll();
        calls.close();
    }
}
