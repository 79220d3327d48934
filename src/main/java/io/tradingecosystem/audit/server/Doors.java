package io.tradingecosystem.audit.server;

import io.grpc.BindableService;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.server.http.HttpRoutes;
import io.tradingecosystem.audit.server.http.IndexPage;
import io.tradingecosystem.audit.server.http.IndexPage.Link;
import io.tradingecosystem.audit.server.http.MonitoringRoutes;
import io.tradingecosystem.audit.settings.ServerSettings;
import io.tradingecosystem.audit.tls.TlsRules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The two doors of the service: one web server with an HTTP and a gRPC listener. Rooms add theirs
 * before {@link #open}:
 *
 * {@snippet file="server/DoorsExampleTest.java" region="doors"}
 *
 * <p>Used by one thread until open.
 */
public final class Doors {
    private final ServerSettings settings;
    private final Monitoring monitoring;
    private final List<HttpRoutes> routes = new ArrayList<>();
    private final List<BindableService> services = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Runnable> endless = new ArrayList<>();
    private String about = "";
    private Optional<Function<String, HttpService>> page = Optional.empty();
    private Optional<DoorGuard> guard = Optional.empty();

    private Doors(ServerSettings settings, Monitoring monitoring) {
        this.settings = settings;
        this.monitoring = monitoring;
    }

    /** Doors that show the health, metrics and status of the service, and nothing else yet. */
    public static Doors create(ServerSettings settings, Monitoring monitoring) {
        // Before anybody has made a connection.
        TlsRules.rejectRenegotiation();
        Doors doors = new Doors(settings, monitoring);
        doors.link("/health", "health, with every check")
                .link("/api/v1/status", "everything the service knows about itself")
                .link("/metrics", "metrics for Prometheus");
        return doors;
    }

    /**
     * Looks whether the ports are free, so that nothing else is begun where they are not.
     *
     * @throws ListenerException if a port is taken
     */
    public static void requireFree(ServerSettings settings) {
        OpenDoors.requireFree(settings);
    }

    /** Adds HTTP routes under a path. */
    public Doors routes(String path, HttpService service) {
        routes.add(new HttpRoutes(path, service));
        return this;
    }

    /** Adds a gRPC service. */
    public Doors service(BindableService service) {
        services.add(service);
        return this;
    }

    /** Puts a guard before everything that is served; without one, everybody is. */
    public Doors guard(DoorGuard before) {
        guard = Optional.of(before);
        return this;
    }

    /** Says on the page at {@code /}, in a sentence, what the service is for. */
    public Doors about(String sentence) {
        about = sentence;
        return this;
    }

    /** Adds a line to the page at {@code /}. */
    public Doors link(String path, String text) {
        links.add(new Link(path, text));
        return this;
    }

    /**
     * Serves a page of its own at {@code /} instead of the list of links.
     *
     * @param made of that list, as HTML for who runs no scripts
     */
    public Doors page(Function<String, HttpService> made) {
        page = Optional.of(made);
        return this;
    }

    /**
     * Ends answers that have no end of their own, such as server-sent events, when the service is
     * about to refuse new requests. It must not block.
     */
    public Doors onDrain(Runnable end) {
        endless.add(end);
        return this;
    }

    /**
     * Opens both doors; the service says it is serving from now on.
     *
     * @throws ListenerException if a port is taken or a listener cannot start
     */
    public OpenDoors open() {
        List<HttpRoutes> all = new ArrayList<>();
        // Routes are tried in this order, and no path is asked for as often as those of health.
        all.add(new HttpRoutes("/", new MonitoringRoutes(monitoring)));
        all.addAll(routes);
        all.add(new HttpRoutes("/", page()));
        return OpenDoors.open(settings, monitoring, all, services, guard, endless);
    }

    private HttpService page() {
        IndexPage index = new IndexPage(monitoring.status().identity(), about, links);
        return page.<HttpService>map(made -> made.apply(index.content())).orElse(index);
    }
}
