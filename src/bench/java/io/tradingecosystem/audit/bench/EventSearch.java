package io.tradingecosystem.audit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Events that no index finds, over HTTP, out of a log of 300,000 (or the argument): how many are
 * read in a second, what that takes of the processors, and how large the heap gets; by one caller,
 * and by two at once.
 */
public final class EventSearch {
    private static final int BATCH = 5_000;
    private static final int ROUNDS = 5;
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final String NONE = "attribute.note=nobody%20has%20this&limit=1000";
    private static final String SLOWEST = "order=duration&limit=100";

    private EventSearch() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 300_000 : Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("event-search");
        try (AuditCorrelator service = AuditCorrelator.start(settings(directory));
                HttpClient client = HttpClient.newHttpClient()) {
            fill(client, service.httpAddress(), count);
            System.out.printf(
                    "%-24s %8s %12s %12s %8s%n", "search", "callers", "events/s", "CPU us", "MiB");
            for (int round = 0; round < ROUNDS; round++) {
                measure(client, service.httpAddress(), "none has the value", NONE, 1);
                measure(client, service.httpAddress(), "slowest first", SLOWEST, 1);
                measure(client, service.httpAddress(), "none has the value", NONE, 2);
            }
        } finally {
            Folders.delete(directory);
        }
    }

    private static Settings settings(Path directory) {
        Properties properties = new Properties();
        properties.putAll(
                Map.of(
                        "server.http.port", "0",
                        "server.grpc.port", "0",
                        "registry.backend", "in-process",
                        "configuration.address", "off",
                        "store.path", directory.resolve("log").toString(),
                        "store.durability", "os",
                        "search.max-time", "1m",
                        "search.max-events", "10000000",
                        "logging.level", "error"));
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    private static void fill(HttpClient client, String service, int count) throws Exception {
        for (int from = 0; from < count; from += BATCH) {
            StringBuilder lines = new StringBuilder();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                lines.append(event(i)).append('\n');
            }
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(service + "/api/v1/events"))
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofString(lines.toString()))
                            .build();
            client.send(request, BodyHandlers.discarding());
        }
    }

    /** About 300 bytes, two in a millisecond. */
    private static String event(int i) {
        return """
        {"id":"event-%d","service":"service-%d","type":"order.placed","occurred_at":"%s","duration":%d,"trace_id":"%032x","message":"an order of some size was placed","attributes":{"order_id":"ORD-%d","price":%d,"note":"note %d"}}\
        """
                .formatted(
                        i,
                        i % 8,
                        START.plusNanos(i * 500_000L),
                        i * 7_919L % 1_000_000,
                        i / 5 + 1L,
                        i / 3,
                        i % 1_000,
                        i);
    }

    private static void measure(
            HttpClient client, String service, String name, String question, int callers)
            throws InterruptedException {
        System.gc();
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        List<CompletableFuture<Long>> asked =
                IntStream.range(0, callers)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> read(client, service, question)))
                        .toList();
        long heap = 0;
        while (asked.stream().anyMatch(each -> !each.isDone())) {
            heap =
                    Math.max(
                            heap,
                            Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            Thread.sleep(20);
        }
        long events = asked.stream().mapToLong(CompletableFuture::join).sum();
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = (PROCESS.getProcessCpuTime() - cpu) / 1e3 / events;
        System.out.printf(
                "%-24s %8d %12.0f %12.2f %8d%n",
                name, callers, events / seconds, micros, heap >> 20);
    }

    private static long read(HttpClient client, String service, String question) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(service + "/api/v1/events?" + question))
                            .build();
            JsonNode answer =
                    Json.mapper().readTree(client.send(request, BodyHandlers.ofString()).body());
            return answer.at("/scanned/events").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
