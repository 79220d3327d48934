package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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
    private static final byte[] REQUEST =
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

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
        List<Run> jdk = new ArrayList<>();
        List<Run> own = new ArrayList<>();
        run(connections, jdkPort);
        run(connections, ourPort);
        for (int round = 0; round < ROUNDS; round++) {
            jdk.add(run(connections, jdkPort));
            own.add(run(connections, ourPort));
        }
        double theirRate = median(jdk, Run::rate);
        double ourRate = median(own, Run::rate);
        double theirCpu = median(jdk, Run::serverMicros);
        double ourCpu = median(own, Run::serverMicros);
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

    /** What one round has measured; the CPU time is all of the process but its clients'. */
    private record Run(double rate, double serverMicros) {}

    private static Run run(int connections, int port)
            throws InterruptedException, ExecutionException {
        LongAdder answers = new LongAdder();
        LongAdder clientNanos = new LongAdder();
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            var running =
                    IntStream.range(0, connections)
                            .mapToObj(
                                    i ->
                                            clients.submit(
                                                    () ->
                                                            client(
                                                                    port,
                                                                    start,
                                                                    answers,
                                                                    clientNanos)))
                            .toList();
            for (Future<?> client : running) {
                client.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double serverNanos = PROCESS.getProcessCpuTime() - cpu - clientNanos.sum();
        return new Run(answers.sum() / seconds, serverNanos / 1e3 / answers.sum());
    }

    private static void client(int port, long start, LongAdder answers, LongAdder cpu) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            out.write(REQUEST);
            int length = readAnswer(in, buffer);
            while (System.nanoTime() - start < ROUND_NANOS) {
                out.write(REQUEST);
                readAgain(in, buffer, length);
                answers.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cpu.add(THREADS.getCurrentThreadCpuTime());
        }
    }

    /**
     * Every answer of one server is as long as the first; a client that parses costs more than
     * either server.
     */
    private static void readAgain(InputStream in, byte[] buffer, int length) throws IOException {
        int have = in.readNBytes(buffer, 0, length);
        if (have < length || !Arrays.equals(buffer, 0, OK.length, OK, 0, OK.length)) {
            throw new IOException(
                    "not an answer: " + new String(buffer, 0, have, StandardCharsets.ISO_8859_1));
        }
    }

    /** Both servers announce the length and send everything at once or in two pieces. */
    private static int readAnswer(InputStream in, byte[] buffer) throws IOException {
        int have = 0;
        while (true) {
            int count = in.read(buffer, have, buffer.length - have);
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            have += count;
            String head = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            if (end >= 0) {
                String lower = head.substring(0, end).toLowerCase(Locale.ROOT);
                if (!lower.startsWith("http/1.1 200")) {
                    throw new IOException("not an answer: " + lower);
                }
                int at = lower.indexOf("content-length:") + "content-length:".length();
                int stop = lower.indexOf('\r', at);
                String length = lower.substring(at, stop < 0 ? lower.length() : stop).strip();
                int all = end + 4 + Integer.parseInt(length);
                if (have >= all) {
                    return all;
                }
            }
        }
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

    private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).sorted().toArray()[runs.size() / 2];
    }
}
