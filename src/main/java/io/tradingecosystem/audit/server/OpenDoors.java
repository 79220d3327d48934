package io.tradingecosystem.audit.server;

import io.grpc.BindableService;
import io.helidon.webserver.WebServer;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.ServerSettings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The doors while they are open. Closing them lets requests in flight finish. Thread-safe. */
public final class OpenDoors implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(OpenDoors.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private final ServerSettings settings;
    private final Monitoring monitoring;
    private final List<Runnable> endless;
    private final HttpDoor http;
    private final WebServer server;

    private OpenDoors(
            ServerSettings settings,
            Monitoring monitoring,
            List<HttpRoutes> routes,
            List<BindableService> services,
            List<Runnable> endless) {
        this.settings = settings;
        this.monitoring = monitoring;
        this.endless = List.copyOf(endless);
        this.http =
                new HttpDoor(
                        settings.http(),
                        monitoring.meters(),
                        monitoring.problems(),
                        monitoring.ticker(),
                        routes);
        this.server =
                WebServer.builder()
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .update(http::configure)
                        .build();
        monitoring.status().add(new StatusSection("listeners", this::listeners));
        List<String> names =
                services.stream()
                        .map(service -> service.bindService().getServiceDescriptor().getName())
                        .sorted()
                        .toList();
        monitoring.status().add(new StatusSection("grpc_services", () -> names));
    }

    static OpenDoors open(
            ServerSettings settings,
            Monitoring monitoring,
            List<HttpRoutes> routes,
            List<BindableService> services,
            List<Runnable> endless) {
        requireFree(settings.http().host(), settings.http().port(), "server.http.port");
        OpenDoors doors = new OpenDoors(settings, monitoring, routes, services, endless);
        doors.server.start();
        if (!doors.server.isRunning()) {
            throw new DoorException("the listeners could not start; the log above tells why");
        }
        monitoring.health().enter(HealthState.SERVING);
        return doors;
    }

    /** The port of the HTTP listener. */
    public int httpPort() {
        return server.port();
    }

    /**
     * Turns health to not serving, waits for load balancers to notice, refuses new requests, lets
     * those in flight finish within the grace, closes all connections.
     */
    @Override
    public void close() {
        monitoring.health().enter(HealthState.STOPPING);
        LOG.info("server.draining", "in_flight", http.requests().inFlight());
        try {
            Thread.sleep(settings.drainDelay());
            http.requests().refuse();
            endless.forEach(Runnable::run);
            awaitQuiet();
        } catch (InterruptedException e) {
            // Somebody is in a hurry: connections are cut.
            Thread.currentThread().interrupt();
        }
        long cut = http.requests().inFlight();
        server.stop();
        LOG.info("server.closed", "cut_off", cut);
    }

    private void awaitQuiet() throws InterruptedException {
        long end = monitoring.ticker().getAsLong() + settings.shutdownGrace().toNanos();
        while (http.requests().inFlight() > 0 && monitoring.ticker().getAsLong() - end < 0) {
            Thread.sleep(POLL);
        }
    }

    private Map<String, Object> listeners() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("port", server.port());
        document.put("tls", server.hasTls());
        document.put("connections_open", http.connections().open());
        document.put("connections_accepted", http.connections().accepted());
        document.put("requests", http.requests().requests());
        document.put("errors", http.requests().errors());
        document.put("in_flight", http.requests().inFlight());
        return Map.of("http", document);
    }

    /** Helidon logs a stack trace where a user needs one line, so the port is tried first. */
    private static void requireFree(String host, int port, String setting) {
        try (ServerSocketChannel socket = ServerSocketChannel.open()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new DoorException(
                    "cannot listen on %s:%d, asked for by %s: %s"
                            .formatted(host, port, setting, e.getMessage()),
                    e);
        }
    }
}
