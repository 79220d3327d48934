package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs that reads are recorded: the same questions to two services in one process, one of
 * which records, turn by turn. CPU time is that of the process, clients and all. With {@code
 * control} none records, which shows what the place in the turn does.
 *
 * <p>Goal: less than the difference between two rounds of the same service.
 */
public final class ReadCost {
    private static final int ROUNDS = 9;
    private static final int CONNECTIONS = 8;
    private static final int EVENTS = 200;
    private static final long ROUND_NANOS = 2_000_000_000L;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ReadCost() {}

    public static void main(String[] arguments) throws Exception {
        String recorded = List.of(arguments).contains("control") ? "off" : "metadata";
        try (AuditCorrelator off = service("first", "off");
                AuditCorrelator on = service("second", recorded)) {
            fill(off.httpPort());
            fill(on.httpPort());
            System.out.println(
                    "CPU of a request in us: median (least-most), not recorded and recorded");
            compare("/api/v1/events/e-7", off, on);
            compare("/api/v1/events?scenario_id=run&limit=20", off, on);
        }
    }

    private static AuditCorrelator service(String name, String audit) {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("registry.backend", "in-process");
        properties.put("configuration.address", "off");
        properties.put("access.audit", audit);
        properties.put("store.path", Path.of("target", "bench-data", "read-" + name).toString());
        return AuditCorrelator.start(
                Settings.load(Optional.empty(), Map.of(), properties).settings());
    }

    private static void fill(int port) throws Exception {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            events.append(
                    "{\"id\":\"e-%d\",\"service\":\"s\",\"type\":\"t\",\"scenario_id\":\"run\"}%n"
                            .formatted(i));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + port + "/api/v1/events"))
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofString(events.toString()))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static void compare(String path, AuditCorrelator off, AuditCorrelator on)
            throws Exception {
        round(path, off.httpPort());
        round(path, on.httpPort());
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            without.add(round(path, off.httpPort()));
            with.add(round(path, on.httpPort()));
        }
        System.out.printf(Locale.ROOT, "%-40s %s   %s%n", path, spread(without), spread(with));
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f-%.1f)",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }

    /** CPU time of a request, in microseconds. */
    private static double round(String path, int port) throws Exception {
        LongAdder answers = new LongAdder();
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(clients.submit(() -> ask(path, port, start, answers)));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        return (PROCESS.getProcessCpuTime() - cpu) / 1e3 / answers.sum();
    }

    /** Each answer is as long as the first, which says how long it is. */
    private static int lengthOfOne(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("not an answer: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("an answer without a length: " + head);
        }
        int body = Integer.parseInt(length.group(1));
        in.skipNBytes(body);
        return head.length() + body;
    }

    private static void ask(String path, int port, long start, LongAdder answers) {
        byte[] request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .formatted(path)
                        .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(request);
            int length = lengthOfOne(in);
            byte[] answer = new byte[length];
            while (System.nanoTime() - start < ROUND_NANOS) {
                out.write(request);
                if (in.readNBytes(answer, 0, length) < length) {
                    throw new IOException("the server closed the connection");
                }
                answers.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
