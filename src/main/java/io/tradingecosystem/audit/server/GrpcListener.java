package io.tradingecosystem.audit.server;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ListenerConfig;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The gRPC listener: Helidon's socket named {@value #NAME}, and behind it grpc-java's blocking
 * transport on virtual threads, which does what Helidon's own gRPC engine does not: deadlines,
 * cancellation, errors and flow control.
 */
final class GrpcListener {
    static final String NAME = "grpc";

    private final GrpcSettings settings;
    private final GrpcHandover handover = new GrpcHandover();
    private final CountingSelector connections = new CountingSelector(handover);
    private final HealthStatusManager states = new HealthStatusManager();
    private final List<String> services;
    private final GrpcGuard guard;
    private final GrpcMetrics metrics;
    private final Server server;

    GrpcListener(GrpcSettings settings, Monitoring monitoring, List<BindableService> added) {
        this.settings = settings;
        List<ServerServiceDefinition> all = new ArrayList<>();
        added.forEach(service -> all.add(service.bindService()));
        all.add(new StatusGrpc(monitoring.status()).bindService());
        all.add(states.getHealthService().bindService());
        if (settings.reflection()) {
            all.add(ProtoReflectionServiceV1.newInstance().bindService());
            all.add(olderReflection());
        }
        this.services = all.stream().map(s -> s.getServiceDescriptor().getName()).sorted().toList();
        this.guard = new GrpcGuard(monitoring.problems());
        this.metrics = new GrpcMetrics(monitoring.meters(), monitoring.ticker(), methods(all));
        this.server = server(settings, all);
        follow(monitoring);
    }

    /** Older tools ask for v1alpha only. */
    @SuppressWarnings("deprecation")
    private static ServerServiceDefinition olderReflection() {
        return ProtoReflectionService.newInstance().bindService();
    }

    private static Set<String> methods(List<ServerServiceDefinition> services) {
        return services.stream()
                .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
                .map(MethodDescriptor::getFullMethodName)
                .collect(Collectors.toSet());
    }

    private Server server(GrpcSettings settings, List<ServerServiceDefinition> all) {
        // The port is of no consequence: connections come from the handover.
        OkHttpServerBuilder builder =
                OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create())
                        .socketFactory(handover)
                        .transportExecutor(Executors.newVirtualThreadPerTaskExecutor())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .maxInboundMessageSize(transportLimit(settings))
                        .maxInboundMetadataSize(settings.maxMetadataSize())
                        .maxConcurrentCallsPerConnection(settings.maxConcurrentStreams())
                        .flowControlWindow(settings.flowControlWindow())
                        .permitKeepAliveTime(
                                settings.permitPingAfter().toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .keepAliveTime(settings.pingAfter().toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(settings.pingTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .intercept(guard)
                        .addStreamTracerFactory(metrics);
        // Read inside the guard, so that a message over the limit or one that cannot be parsed gets
        // an answer that says so.
        BoundedMessages messages = new BoundedMessages(settings.maxMessageSize());
        all.forEach(
                service ->
                        builder.addService(
                                ServerInterceptors.useMarshalledMessages(service, messages)));
        return builder.build();
    }

    /** What the transport cuts off by itself; below it the guard answers. */
    private static int transportLimit(GrpcSettings settings) {
        return (int) Math.min(Integer.MAX_VALUE, 4L * settings.maxMessageSize());
    }

    /** Tells the health service what the health checks say, now and after every change. */
    private void follow(Monitoring monitoring) {
        Set<String> names = new TreeSet<>(services);
        names.add(HealthStatusManager.SERVICE_NAME_ALL_SERVICES);
        names.add(monitoring.status().identity().service());
        Runnable tell =
                () -> {
                    boolean ready = monitoring.health().report().isReady();
                    ServingStatus status =
                            ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
                    names.forEach(name -> states.setStatus(name, status));
                };
        monitoring.health().onChange(tell);
        tell.run();
    }

    void configure(ListenerConfig.Builder listener) {
        listener.host(settings.host())
                .port(settings.port())
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .maxTcpConnections(settings.maxConnections())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections);
        ListenerTls.of(settings.tls(), "server.grpc.tls").ifPresent(listener::tls);
    }

    void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new DoorException("the gRPC engine could not start: " + e.getMessage(), e);
        }
    }

    /** Refuses new calls and lets those in flight finish; what is left after the grace is cut. */
    void drain(Duration grace) throws InterruptedException {
        server.shutdown();
        guard.endEndless();
        if (!server.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            server.shutdownNow();
        }
    }

    void stop() {
        server.shutdownNow();
    }

    List<String> services() {
        return services;
    }

    GrpcMetrics calls() {
        return metrics;
    }

    CountingSelector connections() {
        return connections;
    }
}
