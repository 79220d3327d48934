package io.tradingecosystem.audit.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A configuration service on a port that it keeps over restarts, with the contract's path and
 * answers unless a test makes it misbehave. Thread-safe.
 */
public final class FakeConfigurationService implements AutoCloseable {
    private static final String PATH = "/api/v1/configuration/";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile HttpHandler handler = this::answer;
    private HttpServer server;
    private ExecutorService threads;
    private final int port;

    private FakeConfigurationService() {
        start(0);
        this.port = server.getAddress().getPort();
    }

    /** Starts one that knows nothing. */
    public static FakeConfigurationService start() {
        return new FakeConfigurationService();
    }

    /** Picks a port on which nothing listens until {@link #restart()}. */
    public static FakeConfigurationService reserve() {
        FakeConfigurationService service = new FakeConfigurationService();
        service.stop();
        return service;
    }

    /** Knows a value, given as text. */
    public FakeConfigurationService put(String key, String value, String type) {
        return answer(
                key,
                """
                {"key":"%s","value":"%s","type":"%s","environment":"test",\
                "last_updated":"2026-01-31T12:00:00Z"}\
                """
                        .formatted(key, value, type));
    }

    /** Answers with this body, whatever it is, when a key is asked for. */
    public FakeConfigurationService answer(String key, String body) {
        answers.put(key, body);
        return this;
    }

    /** No longer knows a key. */
    public void remove(String key) {
        answers.remove(key);
    }

    /** Misbehaves in this way until {@link #behave}. */
    public void misbehave(HttpHandler evidence) {
        handler = evidence;
    }

    /** Answers every request with a status and body. */
    public void answerAlways(int status, String body) {
        misbehave(exchange -> send(exchange, status, body));
    }

    public void behave() {
        handler = this::answer;
    }

    /** Closes the port and all connections. */
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Listens again at the same port. */
    public void restart() {
        start(port);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** The raw path and query of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many requests asked for a key. */
    public long requests(String key) {
        return requests.stream().filter(path -> path.endsWith(PATH + key)).count();
    }

    @Override
    public void close() {
        stop();
    }

    /** Sends a body at once. */
    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String key =
                URLDecoder.decode(
                        path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        String body = answers.get(key);
        if (body == null || !path.startsWith(PATH)) {
            send(exchange, 404, "{\"error\":\"no such key\"}");
        } else {
            send(exchange, 200, body);
        }
    }

    private void start(int wanted) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    requests.add(exchange.getRequestURI().toString());
                    handler.handle(exchange);
                });
        server.start();
    }
}
