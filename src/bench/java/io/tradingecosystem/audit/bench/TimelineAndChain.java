package io.tradingecosystem.audit.bench;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;

import io.tradingecosystem.audit.api.links.LinkAnalyses;
import io.tradingecosystem.audit.api.links.TimelineRoutes;
import io.tradingecosystem.audit.api.verdicts.FalsePositives;
import io.tradingecosystem.audit.api.verdicts.VerdictRoutes;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;

/**
 * The timeline of a day of 50,000 events, a causal chain of 1,000 and the verdicts of a scenario,
 * over HTTP to the last byte, out of logs of growing size (by default 10⁵ and 10⁶ events; give
 * other numbers as arguments). One event in ten of the day has a cause. Client and server share the
 * machine; in brackets what both take of its processors. Goals at 10⁷: 300 ms, 50 ms, 50 ms.
 */
public final class TimelineAndChain {
    private static final int DAY = 50_000;
    private static final int CHAIN = 1_000;
    private static final int BATCH = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int WARM = 6;
    private static final int ROUNDS = 9;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.system();

    private TimelineAndChain() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%10s %14s %14s %14s %14s %14s%n",
                "events", "fill ev/s", "walk ms", "timeline ms", "chain ms", "verdicts ms");
        for (String count :
                arguments.length == 0 ? new String[] {"100000", "1000000"} : arguments) {
            Path directory = Files.createTempDirectory("timeline-and-chain");
            try {
                measure(Integer.parseInt(count), directory);
            } finally {
                Folders.delete(directory);
            }
        }
    }

    private static void measure(int count, Path directory) throws Exception {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("store.path", directory.resolve("log").toString());
        properties.put("store.durability", "os");
        properties.put("store.retention-age", "36500d");
        Settings settings = Settings.load(Optional.empty(), Map.of(), properties).settings();
        try (EventStore store =
                EventStore.open(
                        settings.store(), StoreObserver.NONE, new Time(CLOCK, System::nanoTime))) {
            long start = System.nanoTime();
            fill(store, count);
            double rate = count / ((System.nanoTime() - start) / 1e9);
            try (LinkService links = links(store);
                    VerdictService verdicts = scenarios(store);
                    Monitoring monitoring =
                            Monitoring.create(
                                    Identity.of(settings, Build.read(), CLOCK.instant()),
                                    new Time(CLOCK, System::nanoTime))) {
                LinkAnalyses correlations =
                        LinkAnalyses.create(
                                store.index(),
                                links.index(),
                                links.progress()::now,
                                ClockSkew.of(Duration.ofMillis(100)),
                                true,
                                EventAliases.of(Map.of(), Map.of()));
                try (OpenDoors doors =
                                Doors.create(settings.server(), monitoring)
                                        .routes("/api/v1", new TimelineRoutes(correlations))
                                        .routes(
                                                "/api/v1",
                                                new VerdictRoutes(
                                                        verdicts,
                                                        FalsePositives.of(
                                                                links.index(),
                                                                links.progress()::now)))
                                        .open();
                        HttpClient client = HttpClient.newHttpClient()) {
                    String service = "http://localhost:" + doors.httpPort() + "/api/v1";
                    System.out.printf(
                            Locale.ROOT,
                            "%10d %14.0f %14s %14s %14s %14s%n",
                            count,
                            rate,
                            median(() -> walk(correlations)),
                            median(
                                    () ->
                                            get(
                                                    client,
                                                    service
                                                            + "/timelines?scenario_id=day&limit="
                                                            + DAY)),
                            median(
                                    () ->
                                            get(
                                                    client,
                                                    service
                                                            + "/events/chain-0/chain?depth=1000"
                                                            + "&direction=effects")),
                            median(() -> get(client, service + "/scenarios/run")));
                }
            }
        }
    }

    private static LinkService links(EventStore store) {
        LinkService links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        new Time(CLOCK, System::nanoTime));
        links.start();
        await().atMost(PATIENCE).until(() -> links.statistics().behind() == 0);
        return links;
    }

    private static VerdictService scenarios(EventStore store) {
        VerdictService verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 10_000),
                        VerdictObserver.NONE,
                        new Time(CLOCK, System::nanoTime));
        verdicts.start();
        // Expectations hold for what comes after them.
        store.log()
                .append(
                        List.of(
                                AuditEvent.builder("test-coordinator", "chaos.injected")
                                        .id("chaos")
                                        .scenarioId("run")
                                        .occurredAt(CLOCK.instant())
                                        .attribute("chaos", "stablecoin-depeg")
                                        .build()));
        await().atMost(PATIENCE).until(() -> verdicts.verdicts().runs().find("run").isPresent());
        return verdicts;
    }

    /** A day among others: the selected events are spread evenly over all that is stored. */
    private static void fill(EventStore store, int count) {
        List<AuditEvent> batch = new ArrayList<>(BATCH);
        long step = Duration.ofDays(1).toNanos() / count;
        int apart = Math.max(2, count / DAY);
        int chained = 0;
        for (int i = 0; i < count; i++) {
            AuditEventBuilder event =
                    AuditEvent.builder("service-" + i % 7, "type-" + i % 31)
                            .id("event-" + i)
                            .instance("service-" + i % 7 + "-1")
                            .occurredAt(START.plusNanos(step * i))
                            .traceId("%032x".formatted(1 + i / 20))
                            .spanId("%016x".formatted(1 + i))
                            .message("something happened to an order")
                            .attribute("order_id", "order-" + i / 10)
                            .attribute("quantity", i % 1_000);
            if (i % apart == 0) {
                event.scenarioId("day");
                if (i / apart % 10 == 9) {
                    event.causeId("event-" + (i - apart));
                }
            } else if (i % apart == 1 && chained < CHAIN + 1) {
                event.id("chain-" + chained)
                        .causeId(chained == 0 ? "" : "chain-" + (chained - 1))
                        .scenarioId("chained");
                chained++;
            }
            batch.add(event.build());
            if (batch.size() >= BATCH || i == count - 1) {
                store.log().append(batch);
                batch.clear();
            }
        }
    }

    /** The timeline in this process, without JSON and HTTP. */
    private static int walk(LinkAnalyses correlations) {
        var timeline =
                correlations
                        .timelines()
                        .of(
                                TimelineQuestion.of(
                                        Selection.of(
                                                Selection.Key.of(IndexedField.SCENARIO_ID, "day")),
                                        DAY));
        int seen = 0;
        while (timeline.hasNext()) {
            timeline.next();
            seen++;
        }
        return require(seen, DAY / 2);
    }

    private static int get(HttpClient client, String uri) throws Exception {
        HttpResponse<InputStream> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(uri)).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        byte[] buffer = new byte[64 * 1024];
        int bytes = 0;
        try (InputStream body = response.body()) {
            for (int read = 0; read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException(uri + " answers " + response.statusCode());
        }
        return require(bytes, 100);
    }

    private static int require(int actual, int min) {
        if (actual < min) {
            throw new IllegalStateException(actual + " is less than " + min);
        }
        return actual;
    }

    private static String median(Callable<Integer> work) throws Exception {
        double[] wall = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int warm = 0; warm < WARM; warm++) {
            work.call();
        }
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long spent = SYSTEM.getProcessCpuTime();
            work.call();
            wall[round] = (System.nanoTime() - start) / 1e6;
            cpu[round] = (SYSTEM.getProcessCpuTime() - spent) / 1e6;
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        return String.format(Locale.ROOT, "%.1f (%.0f)", wall[ROUNDS / 2], cpu[ROUNDS / 2]);
    }
}
