package io.tradingecosystem.audit.server;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.HealthState;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.server.connection.ConnectionWatch;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.server.connection.ListenerTls;
import io.tradingecosystem.audit.server.connection.TlsWatch;
import io.tradingecosystem.audit.server.grpc.GrpcCalls;
import io.tradingecosystem.audit.server.grpc.GrpcEngine;
import io.tradingecosystem.audit.server.grpc.GrpcJavaEngine;
import io.tradingecosystem.audit.server.grpc.GrpcListener;
import io.tradingecosystem.audit.server.grpc.GrpcMetrics;
import io.tradingecosystem.audit.server.grpc.helidon.HelidonEngine;
import io.tradingecosystem.audit.server.http.HttpFilter;
import io.tradingecosystem.audit.server.http.HttpListener;
import io.tradingecosystem.audit.server.http.HttpRoutes;
import io.tradingecosystem.audit.server.http.RouteGuard;
import io.tradingecosystem.audit.settings.GrpcSettings;
import io.tradingecosystem.audit.settings.ServerSettings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The doors while they are open. Closing them lets requests in flight finish. Thread-safe. */
public final class OpenDoors implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(OpenDoors.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private final ServerSettings settings;
    private final Monitoring monitoring;
    private final List<Runnable> endless;
    private final HttpListener http;
    private final GrpcListener grpc;
    private final WebServer server;
    private final ConnectionWatch watch;
    private final TlsWatch tls;
    private final CompletableFuture<ListenerException> failure = new CompletableFuture<>();

    private OpenDoors(
            ServerSettings settings,
            Monitoring monitoring,
            List<HttpRoutes> routes,
            List<BindableService> services,
            Optional<DoorGuard> guard,
            List<Runnable> endless) {
        this.settings = settings;
        this.monitoring = monitoring;
        this.endless = List.copyOf(endless);
        this.http =
                new HttpListener(
                        settings.http(),
                        monitoring.meters(),
                        monitoring.problems(),
                        monitoring.time(),
                        routes,
                        guard.map(OpenDoors::routes).orElse((method, path, route) -> route));
        this.grpc =
                new GrpcListener(
                        settings.grpc(),
                        monitoring,
                        guard.map(each -> seen(services, each.messages())).orElse(services),
                        guard.map(DoorGuard::calls),
                        calls -> engine(settings.grpc(), calls));
        this.server =
                WebServer.create(
                        http.connections()
                                .socket()
                                .of(
                                        WebServer.builder()
                                                .shutdownHook(false)
                                                .featuresDiscoverServices(false)
                                                .update(http::configure)
                                                .putSocket(GrpcListener.NAME, grpcSocket())
                                                .buildPrototype()));
        this.watch =
                ConnectionWatch.start(
                        List.of(http.connections(), grpc.connections()),
                        settings.minWait(),
                        monitoring.ticker(),
                        this::ended);
        this.tls =
                TlsWatch.start(
                        Stream.of(http.tls(), grpc.tls()).flatMap(Optional::stream).toList(),
                        monitoring);
        monitoring.status().add(new StatusSection("listeners", this::listeners));
        monitoring.status().add(new StatusSection("grpc_services", this::serving));
    }

    private static List<BindableService> seen(
            List<BindableService> services, ServerInterceptor messages) {
        return services.stream()
                .<BindableService>map(
                        each -> () -> ServerInterceptors.intercept(each.bindService(), messages))
                .toList();
    }

    private static RouteGuard routes(DoorGuard guard) {
        return guard::guarded;
    }

    private ListenerConfig grpcSocket() {
        return grpc.connections()
                .socket()
                .of(
                        ListenerConfig.builder()
                                .update(grpc::configure)
                                .name(GrpcListener.NAME)
                                .build());
    }

    private void ended(String listener) {
        failure.complete(
                new ListenerException(
                        "the listener %s accepts no more connections; the log above tells why"
                                .formatted(listener)));
    }

    /** Tells once, on another thread, why the doors are of no use any more. */
    public void onFailure(Consumer<ListenerException> listener) {
        CompletableFuture<Void> unused = failure.thenAcceptAsync(listener);
    }

    private static GrpcEngine engine(GrpcSettings settings, GrpcCalls calls) {
        return switch (settings.engine()) {
            case GRPC_JAVA -> new GrpcJavaEngine(settings, calls);
            case HELIDON -> new HelidonEngine(settings, calls);
        };
    }

    static OpenDoors open(
            ServerSettings settings,
            Monitoring monitoring,
            List<HttpRoutes> routes,
            List<BindableService> services,
            Optional<DoorGuard> guard,
            List<Runnable> endless) {
        requireFree(settings);
        OpenDoors doors = new OpenDoors(settings, monitoring, routes, services, guard, endless);
        doors.grpc.start();
        doors.server.start();
        if (!doors.server.isRunning()) {
            doors.grpc.stop();
            doors.watch.close();
            doors.tls.close();
            throw new ListenerException("the listeners could not start; the log above tells why");
        }
        monitoring.health().enter(HealthState.SERVING);
        return doors;
    }

    /** The methods of each HTTP path, by its pattern. */
    public Map<String, SortedSet<String>> routes() {
        return http.methodsByPath();
    }

    /** Every method of gRPC, such as {@code grpc.health.v1.Health/Check}. */
    public SortedSet<String> methods() {
        return grpc.methods();
    }

    /** Where the HTTP listener is, seen from this machine. */
    public String httpAddress() {
        return settings.http().address(httpPort());
    }

    /** Where the gRPC listener is, seen from this machine, and how it is spoken to. */
    public String grpcAddress() {
        return "localhost:" + grpcPort() + (server.hasTls(GrpcListener.NAME) ? " (TLS)" : "");
    }

    /** The port of the HTTP listener. */
    public int httpPort() {
        return server.port();
    }

    /** The port of the gRPC listener. */
    public int grpcPort() {
        return server.port(GrpcListener.NAME);
    }

    /** Turns health to not serving at both doors, at once; requests are still served. */
    public void announceEnd() {
        monitoring.health().enter(HealthState.STOPPING);
    }

    /**
     * Turns health to not serving, waits for load balancers to notice, refuses new requests, lets
     * those in flight finish within the grace, closes all connections.
     */
    @Override
    public void close() {
        announceEnd();
        LOG.info("server.draining", "http", http.requests().inFlight(), "grpc", calls());
        // Whoever interrupts is in a hurry: connections are cut.
        Threads.untilInterrupted(this::drain);
        long cut = http.requests().inFlight() + calls();
        grpc.stop();
        server.stop();
        watch.close();
        tls.close();
        LOG.info("server.closed", "cut_off", cut);
    }

    private void drain() throws InterruptedException {
        Thread.sleep(settings.drainDelay());
        http.requests().refuse();
        endless.forEach(Runnable::run);
        Thread calls = Thread.ofVirtual().name("grpc-drain").start(this::drainCalls);
        awaitQuiet();
        calls.join();
    }

    private void drainCalls() {
        Threads.untilInterrupted(() -> grpc.drain(settings.shutdownGrace()));
    }

    private long calls() {
        return grpc.calls().inFlight();
    }

    private void awaitQuiet() throws InterruptedException {
        long end = monitoring.ticker().getAsLong() + settings.shutdownGrace().toNanos();
        while (http.requests().inFlight() > 0 && monitoring.ticker().getAsLong() - end < 0) {
            Thread.sleep(POLL);
        }
    }

    private Map<String, Object> listeners() {
        Map<String, Object> document = new LinkedHashMap<>();
        HttpFilter requests = http.requests();
        document.put(
                "http",
                new Listener(
                        httpPort(),
                        server.hasTls(),
                        http.tls().map(ListenerTls::certificate),
                        http.connections().open(),
                        http.connections().accepted(),
                        http.connections().isFull(),
                        http.connections().limitReached(),
                        http.memory().used(),
                        http.memory().max(),
                        http.memory().refusals(),
                        requests.requests(),
                        requests.errors(),
                        requests.inFlight()));
        GrpcMetrics calls = grpc.calls();
        document.put(
                "grpc",
                new Listener(
                        grpcPort(),
                        server.hasTls(GrpcListener.NAME),
                        grpc.tls().map(ListenerTls::certificate),
                        grpc.connections().open(),
                        grpc.connections().accepted(),
                        grpc.connections().isFull(),
                        grpc.connections().limitReached(),
                        grpc.memory().used(),
                        grpc.memory().max(),
                        grpc.memory().refusals(),
                        calls.calls(),
                        calls.errors(),
                        calls.inFlight()));
        return document;
    }

    /** Every service serves as long as the whole does. */
    private Map<String, String> serving() {
        String state = monitoring.health().report().isReady() ? "SERVING" : "NOT_SERVING";
        Map<String, String> states = new LinkedHashMap<>();
        grpc.services().forEach(name -> states.put(name, state));
        return states;
    }

    /** A listener, as the status shows it. */
    private record Listener(
            int port,
            boolean tls,
            Optional<ListenerTls.Certificate> certificate,
            long connectionsOpen,
            long connectionsAccepted,
            boolean connectionsFull,
            long connectionsLimitReached,
            long inboundMemory,
            long inboundMemoryLimit,
            long inboundMemoryRefusals,
            long requests,
            long errors,
            long inFlight) {}

    static void requireFree(ServerSettings settings) {
        requireFree(settings.http().host(), settings.http().port(), "server.http.port");
        requireFree(settings.grpc().host(), settings.grpc().port(), "server.grpc.port");
    }

    /** Helidon logs a stack trace where a user needs one line, so the port is tried first. */
    private static void requireFree(String host, int port, String setting) {
        try (ServerSocketChannel socket = ServerSocketChannel.open()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new ListenerException(
                    "cannot listen on %s:%d, asked for by %s: %s"
                            .formatted(host, port, setting, e.getMessage()),
                    e);
        }
    }
}
