package io.tradingecosystem.audit.server.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.server.connection.BodyMemory;
import io.tradingecosystem.audit.server.connection.HttpConnection;
import io.tradingecosystem.audit.server.connection.InboundMemory;
import io.tradingecosystem.audit.server.connection.InboundMeters;
import io.tradingecosystem.audit.server.connection.ListenerConnections;
import io.tradingecosystem.audit.server.connection.ListenerTls;
import io.tradingecosystem.audit.server.connection.OpenFiles;
import io.tradingecosystem.audit.settings.HttpSettings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.LongSupplier;

/**
 * The HTTP listener: HTTP/1.1 on the web server's default socket, with the routes of all rooms. Set
 * up by one thread; each connection is served by a virtual thread of its own.
 */
public final class HttpListener {
    private final HttpSettings settings;
    private final Optional<ListenerTls> tls;
    private final int maxConnections;
    private final HttpFilter filter;
    private final HttpProblems problems;
    private final InboundMemory memory;
    private final ListenerConnections connections;
    private final List<HttpRoutes> routes;
    private final RouteGuard guard;
    private final Map<String, SortedSet<String>> methodsByPath = new LinkedHashMap<>();

    public HttpListener(
            HttpSettings settings,
            Meters meters,
            Problems problems,
            Time time,
            List<HttpRoutes> routes,
            RouteGuard guard) {
        LongSupplier ticker = time.ticker();
        this.settings = settings;
        this.tls = ListenerTls.of(settings.tls(), "http", time.clock());
        this.maxConnections = OpenFiles.connections("http", settings.maxConnections());
        this.problems = new HttpProblems(problems, routes);
        this.filter =
                new HttpFilter(
                        new HttpMetrics(meters),
                        new CrossOrigin(settings.corsOrigins()),
                        this.problems,
                        ticker,
                        settings.maxBodySize());
        this.memory =
                InboundMeters.shown(
                        "http", BodyMemory.ofAll(settings.maxInboundMemory(), ticker), meters);
        this.connections =
                new ListenerConnections(
                        "http",
                        maxConnections,
                        Http1ConnectionSelector.builder()
                                .config(
                                        Http1Config.builder()
                                                // Its own form of a head may be longer.
                                                .maxPrologueLength(32 << 10)
                                                .maxHeadersSize(32 << 10)
                                                .addReceiveListener(HttpConnection.requests())
                                                .addSendListener(HttpConnection.answers())
                                                .build())
                                .build(),
                        context ->
                                new HttpConnection(
                                        context, settings, BodyDecoding.CODINGS, memory, ticker),
                        meters,
                        ticker);
        this.routes = List.copyOf(routes);
        this.guard = guard;
    }

    public void configure(WebServerConfig.Builder server) {
        server.host(settings.host())
                .port(settings.port())
                // Without this each answer waits for the acknowledgement of the one before.
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .maxTcpConnections(maxConnections)
                .maxConcurrentRequests(settings.maxConcurrentRequests())
                .idleConnectionTimeout(settings.idleTimeout())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .addContentEncoding(BodyDecoding.gzip())
                                .addContentEncoding(BodyDecoding.deflate())
                                .build())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(problems.directHandlers())
                .routing(this::route);
        tls.ifPresent(found -> server.tls(found.tls()));
    }

    /** The methods of each path, once the listener has started. */
    public Map<String, SortedSet<String>> methodsByPath() {
        return Collections.unmodifiableMap(methodsByPath);
    }

    private void route(HttpRouting.Builder routing) {
        routing.addFilter(filter);
        routing.error(Throwable.class, problems::answer);
        for (HttpRoutes group : routes) {
            RecordingRules rules = new RecordingRules(routing, "", guard, methodsByPath);
            if (group.path().equals("/")) {
                // Not registered as a service: each level of those is one more walk a request.
                group.service().routing(rules);
            } else {
                rules.register(group.path(), group.service());
            }
        }
        // Services list their routes when the routing is built, so this one comes after all.
        routing.register(
                rules ->
                        methodsByPath.forEach(
                                (path, methods) -> rules.any(path, otherMethod(methods))));
    }

    private Handler otherMethod(Set<String> methods) {
        String allowed = String.join(", ", methods) + (methods.contains("GET") ? ", HEAD" : "");
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, allowed + ", OPTIONS");
            if (request.prologue().method().equals(Method.OPTIONS)) {
                response.status(Status.NO_CONTENT_204).send();
            } else {
                problems.send(
                        request,
                        response,
                        Problem.of(Kind.METHOD_NOT_ALLOWED, "This path has " + allowed + "."));
            }
        };
    }

    public HttpFilter requests() {
        return filter;
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
