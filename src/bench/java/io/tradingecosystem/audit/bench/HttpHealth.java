package io.tradingecosystem.audit.bench;

import com.sun.net.httpserver.HttpServer;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/**
 * {@code GET /health/live} of the running service against the same bytes from the JDK's own HTTP
 * server on virtual threads, in one process, one after the other, several times. Each client keeps
 * one connection and sends a request when it has the last answer. The servers' CPU time is that of
 * the process without its clients' threads, so it holds what the compiler and the collector took.
 *
 * <p>Goal: twice the requests per second of the JDK's server.
 */
public final class HttpHealth {
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 2_000_000_000L;
    private static final HttpLoad LOAD =
            new HttpLoad("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", ROUND_NANOS);

    private HttpHealth() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("registry.backend", "in-process");
        properties.put("store.path", "target/bench-data/http-health");
        Settings settings = Settings.load(Optional.empty(), Map.of(), properties).settings();
        HttpServer jdk = jdk();
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            System.out.println(
                    "             requests per second           server CPU, us a request");
            System.out.println("connections      JDK     ours  ratio      JDK     ours  ratio");
            for (int connections : new int[] {1, 8, 64}) {
                compare(connections, jdk.getAddress().getPort(), correlator.httpPort());
            }
        } finally {
            jdk.stop(0);
        }
    }

    private static void compare(int connections, int jdkPort, int ourPort) throws Exception {
        List<HttpLoad.Run> jdk = new ArrayList<>();
        List<HttpLoad.Run> own = new ArrayList<>();
        LOAD.run(connections, jdkPort);
        LOAD.run(connections, ourPort);
        for (int round = 0; round < ROUNDS; round++) {
            jdk.add(LOAD.run(connections, jdkPort));
            own.add(LOAD.run(connections, ourPort));
        }
        double theirRate = median(jdk, HttpLoad.Run::rate);
        double ourRate = median(own, HttpLoad.Run::rate);
        double theirCpu = median(jdk, HttpLoad.Run::serverMicros);
        double ourCpu = median(own, HttpLoad.Run::serverMicros);
        System.out.printf(
                Locale.ROOT,
                "%11d %8.0f %8.0f %6.2f %8.1f %8.1f %6.2f%n",
                connections,
                theirRate,
                ourRate,
                ourRate / theirRate,
                theirCpu,
                ourCpu,
                ourCpu / theirCpu);
    }

    private static HttpServer jdk() throws IOException {
        byte[] body = "{\"status\":\"UP\",\"checks\":[]}".getBytes(StandardCharsets.UTF_8);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/health/live",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        server.start();
        return server;
    }

    private static double median(List<HttpLoad.Run> runs, ToDoubleFunction<HttpLoad.Run> value) {
        return runs.stream().mapToDouble(value).sorted().toArray()[runs.size() / 2];
    }
}
