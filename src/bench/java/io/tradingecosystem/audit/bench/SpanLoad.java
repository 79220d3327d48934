package io.tradingecosystem.audit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Spans for any server of OTLP/HTTP that runs already, so that two can be compared with the same
 * requests in the same hour. Arguments, as {@code name=value}:
 *
 * <ul>
 *   <li>{@code url}: where to send, as {@code http://127.0.0.1:8083/v1/traces}
 *   <li>{@code spans}: how many; 1,000,000
 *   <li>{@code together}, {@code senders}: spans of a request, requests at a time; 512, 8
 *   <li>{@code seed}: the same gives the same ids again; 1
 *   <li>{@code pid}: of the server, for its CPU time as Linux tells it
 *   <li>{@code folder}: its data, for its size
 *   <li>{@code status}: of an audit correlator, {@code http://127.0.0.1:8083/api/v1/status}: waits
 *       until links and verdicts have caught up
 *   <li>{@code trace}: for look-ups, with {@code %s} for the id of a trace
 *   <li>{@code lookups}: how many; 5,000
 *   <li>{@code result}: a file for the figures in JSON, for {@code .ci/compare-results}
 * </ul>
 *
 * <p>What was refused with 429 or 503 is sent again and counted; the wait counts as time, too.
 */
public final class SpanLoad {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int TICKS_A_SECOND = 100;

    /** Of the fields behind the name in {@code /proc/PID/stat}: user and system time. */
    private static final int USER = 11;

    private final Map<String, String> arguments;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong refused = new AtomicLong();
    private final ObjectNode figures = JSON.createObjectNode();

    private SpanLoad(Map<String, String> arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> named = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(argument + " is not name=value");
            }
            named.put(parts[0], parts[1]);
        }
        new SpanLoad(named).run();
    }

    private void run() throws IOException, InterruptedException {
        int together = number("together", 512);
        long spans = number("spans", 1_000_000) / together * together;
        long start = System.currentTimeMillis() * 1_000_000 - Duration.ofMinutes(1).toNanos();
        SpanRequests requests = new SpanRequests(number("seed", 1), together, start);
        double cpu = cpu();
        long began = System.nanoTime();
        double[] millis = send(requests, (int) (spans / together));
        double seconds = (System.nanoTime() - began) / 1e9;
        figure("spans", spans);
        figure("spans/s", spans / seconds);
        figure("request ms p50", at(millis, 0.5));
        figure("request ms p99", at(millis, 0.99));
        figure("refused requests", refused.get());
        figure("CPU us/span when the last is taken", (cpu() - cpu) * 1e6 / spans);
        if (arguments.containsKey("status")) {
            awaitFollowers();
            figure("s until all is linked and judged", (System.nanoTime() - began) / 1e9);
            figure("CPU us/span in all", (cpu() - cpu) * 1e6 / spans);
        }
        if (arguments.containsKey("folder")) {
            figure("bytes/span", (double) size(Path.of(arguments.get("folder"))) / spans);
        }
        if (arguments.containsKey("trace")) {
            lookUp(requests.traces());
        }
        if (arguments.containsKey("result")) {
            Files.writeString(Path.of(arguments.get("result")), figures.toPrettyString() + "\n");
        }
    }

    /** Sends all; gives how long each took, in milliseconds. */
    private double[] send(SpanRequests requests, int count) throws InterruptedException {
        double[] millis = new double[count];
        AtomicLong next = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int sender = 0; sender < number("senders", 8); sender++) {
            senders.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                            .start(() -> send(requests, next, millis)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a sender failed", failures.getFirst());
        }
        return millis;
    }

    private void send(SpanRequests requests, AtomicLong next, double[] millis) {
        while (true) {
            int number;
            byte[] body;
            synchronized (requests) {
                number = (int) next.getAndIncrement();
                if (number >= millis.length) {
                    return;
                }
                body = requests.body();
            }
            long began = System.nanoTime();
            post(body);
            millis[number] = (System.nanoTime() - began) / 1e6;
        }
    }

    private void post(byte[] body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(arguments.get("url")))
                        .header("Content-Type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        int status = exchange(request).statusCode();
        while (status == 429 || status == 503) {
            refused.incrementAndGet();
            LockSupport.parkNanos(AGAIN.toNanos());
            status = exchange(request).statusCode();
        }
        if (status / 100 != 2) {
            throw new IllegalStateException("answered " + status);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private void awaitFollowers() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (behind() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(behind() + " are behind after " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private long behind() throws IOException {
        JsonNode status = JSON.readTree(get(arguments.get("status")).body());
        return status.required("correlation").required("behind").asLong()
                + status.required("scenarios").required("behind").asLong();
    }

    private void lookUp(List<String> traces) {
        Random random = new Random(number("seed", 1));
        double[] millis = new double[number("lookups", 5_000)];
        int missing = 0;
        for (int i = 0; i < millis.length; i++) {
            String trace = traces.get(random.nextInt(traces.size()));
            long began = System.nanoTime();
            HttpResponse<String> answer = get(arguments.get("trace").replace("%s", trace));
            millis[i] = (System.nanoTime() - began) / 1e6;
            if (answer.statusCode() != 200 || !answer.body().contains("op-")) {
                missing++;
            }
        }
        figure("trace by id ms p50", at(millis, 0.5));
        figure("trace by id ms p99", at(millis, 0.99));
        figure("traces not found", missing);
    }

    private static double at(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
    }

    /** Seconds of processor that the server has used; 0 where its number is not given. */
    private double cpu() throws IOException {
        if (!arguments.containsKey("pid")) {
            return 0;
        }
        String stat = Files.readString(Path.of("/proc", arguments.get("pid"), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]))
                / (double) TICKS_A_SECOND;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(SpanLoad::length).sum();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void figure(String name, double value) {
        figures.put(name, value);
        System.out.printf("%-36s %,14.2f%n", name, value);
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(
                arguments.getOrDefault(name, String.valueOf(otherwise)).replace("_", ""));
    }
}
