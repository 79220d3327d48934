package io.tradingecosystem.audit.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tradingecosystem.audit.testing.Http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of webhooks on loopback, of another make than the client. Thread-safe. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    private Receiver(int port) {
        try {
            this.server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    /** One at a port of the system's choice. */
    public static Receiver open() {
        return new Receiver(0);
    }

    /** One at a port that another had. */
    public static Receiver at(int port) {
        return new Receiver(port);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Answers with this from now on. */
    public Receiver answer(int with) {
        status = with;
        return this;
    }

    /** The events that were answered with success. */
    public List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int with = status;
        if (with / 100 == 2) {
            taken.add(Http.json(body));
        }
        exchange.sendResponseHeaders(with, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
