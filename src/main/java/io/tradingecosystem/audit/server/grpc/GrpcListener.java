package io.tradingecosystem.audit.server.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ListenerConfig;
import io.tradingecosystem.audit.monitoring.Conditions;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.connection.GrpcConnection;
import io.tradingecosystem.audit.server.connection.InboundMemory;
import io.tradingecosystem.audit.server.connection.InboundMeters;
import io.tradingecosystem.audit.server.connection.ListenerConnections;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.server.connection.ListenerTls;
import io.tradingecosystem.audit.server.connection.OpenFiles;
import io.tradingecosystem.audit.settings.GrpcSettings;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The gRPC listener: Helidon's socket named {@value #NAME}, the services of all rooms, the services
 * that every gRPC server should have, and behind it the engine that serves them. Set up by one
 * thread; calls run on virtual threads of the engine.
 */
public final class GrpcListener {
    public static final String NAME = "grpc";

    /** What a call may always have; as many calls as there may be have 40 MiB then. */
    private static final long FEW = 4 << 10;

    /** How long the callers whose calls are ended have to read it. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final GrpcSettings settings;
    private final Optional<ListenerTls> tls;
    private final int maxConnections;
    private final HealthStatusManager states = new HealthStatusManager();
    private final List<String> services;
    private final SortedSet<String> methods;
    private final GrpcCallFilter filter;
    private final GrpcMetrics metrics;
    private final InboundMemory memory;
    private final GrpcEngine engine;
    private final ListenerConnections connections;

    public GrpcListener(
            GrpcSettings settings,
            Monitoring monitoring,
            List<BindableService> added,
            Optional<ServerInterceptor> guard,
            Function<GrpcCalls, GrpcEngine> engines) {
        this.settings = settings;
        this.tls = ListenerTls.of(settings.tls(), NAME, monitoring.clock());
        this.maxConnections = OpenFiles.connections(NAME, settings.maxConnections());
        List<ServerServiceDefinition> all = new ArrayList<>();
        added.forEach(service -> all.add(service.bindService()));
        all.add(new StatusGrpc(monitoring.status()).bindService());
        all.add(states.getHealthService().bindService());
        if (settings.reflection()) {
            all.add(ProtoReflectionServiceV1.newInstance().bindService());
            all.add(legacyReflection());
        }
        this.methods = Collections.unmodifiableSortedSet(methods(all));
        this.services = all.stream().map(s -> s.getServiceDescriptor().getName()).sorted().toList();
        this.filter = new GrpcCallFilter(monitoring.problems(), settings.maxConcurrentCalls());
        this.metrics = new GrpcMetrics(monitoring.meters(), monitoring.ticker(), methods);
        this.memory =
                InboundMeters.shown(
                        NAME,
                        new InboundMemory(settings.maxInboundMemory(), FEW, monitoring.ticker()),
                        monitoring.meters());
        this.engine = engines.apply(new GrpcCalls(all, guard, filter, metrics, memory));
        this.connections =
                new ListenerConnections(
                        NAME,
                        maxConnections,
                        engine.connections(),
                        context -> new GrpcConnection(context, settings, monitoring.ticker()),
                        monitoring.meters(),
                        monitoring.ticker());
        follow(monitoring);
    }

    /** Older tools ask for v1alpha only. */
    @SuppressWarnings("deprecation")
    private static ServerServiceDefinition legacyReflection() {
        return ProtoReflectionService.newInstance().bindService();
    }

    private static SortedSet<String> methods(List<ServerServiceDefinition> services) {
        return services.stream()
                .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
                .map(MethodDescriptor::getFullMethodName)
                .collect(Collectors.toCollection(TreeSet::new));
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
        followConditions(monitoring.conditions());
    }

    /** Each condition has a name of its own, which says nothing of the services. */
    private void followConditions(Conditions conditions) {
        Runnable tell = () -> conditions.states().forEach(this::tell);
        conditions.onChange(tell);
        tell.run();
    }

    private void tell(String condition, boolean up) {
        states.setStatus(condition, up ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    public void configure(ListenerConfig.Builder listener) {
        listener.host(settings.host())
                .port(settings.port())
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .maxTcpConnections(maxConnections)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections);
        engine.configure(listener);
        tls.ifPresent(found -> listener.tls(found.tls()));
    }

    public void start() {
        try {
            engine.start();
        } catch (IOException e) {
            throw new ListenerException("the gRPC engine could not start: " + e.getMessage(), e);
        }
    }

    /** Refuses new calls and lets those in flight finish; what is left after the grace is ended. */
    public void drain(Duration grace) throws InterruptedException {
        engine.shutdown();
        filter.endEndless();
        if (!engine.awaitTermination(grace)) {
            filter.endAll();
            engine.awaitTermination(LAST_ANSWERS);
            engine.stop();
        }
    }

    public void stop() {
        engine.stop();
    }

    public List<String> services() {
        return services;
    }

    public SortedSet<String> methods() {
        return methods;
    }

    public GrpcMetrics calls() {
        return metrics;
    }

    public Optional<ListenerTls> tls() {
        return tls;
    }

    public InboundMemory memory() {
        return memory;
    }

    public ListenerConnections connections() {
        return connections;
    }
}
