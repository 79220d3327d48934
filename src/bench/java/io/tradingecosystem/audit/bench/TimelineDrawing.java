package io.tradingecosystem.audit.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.Playwright;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Draws timelines of 1,000, 5,000 and 100,000 events (give other numbers as arguments) in a
 * Chromium without a window, each five times from a fresh page: how long from the click until all
 * events are there, from then until they are drawn, how much of the processor's time the page takes
 * to draw all of it anew, how long frames take while the picture is moved and magnified, and how
 * large the page's heap is before and after that.
 */
public final class TimelineDrawing {
    private static final int ROUNDS = 5;
    private static final int FRAMES = 240;
    private static final int BATCH = 1_000;
    private static final double PATIENCE_MS = Duration.ofMinutes(3).toMillis();
    private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
    private static final List<String> SEVERITIES =
            List.of("debug", "info", "info", "info", "info", "warning", "error", "critical");

    private static final String VIEW =
            "document.querySelector('audit-page')?.shadowRoot?.querySelector('audit-timeline')";

    /** The part of the page that has the picture. */
    private static final String LANES = VIEW + "?.shadowRoot?.querySelector('audit-lanes')";

    /** Moves the picture to and fro, closer and farther, a step a frame. */
    private static final String MOVE =
            """
            async frames => {
                const lanes = LANES;
                const times = [];
                lanes.zoom(6);
                let before = await new Promise(requestAnimationFrame);
                for (let i = 0; i < frames; i++) {
                    lanes.pan(i % 80 < 40 ? 0.03 : -0.03);
                    if (i % 20 === 0) lanes.zoom(i % 40 ? 1.5 : 1 / 1.5);
                    const now = await new Promise(requestAnimationFrame);
                    times.push(now - before);
                    before = now;
                }
                lanes.all();
                return times.sort((a, b) => a - b);
            }
            """
                    .replace("LANES", LANES);

    /** Makes all that follows from the answer anew, and draws it. */
    private static final String ANEW =
            """
            async () => {
                const view = VIEW;
                view.told = { ...view.told };
                await view.updateComplete;
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
            }
            """
                    .replace("VIEW", VIEW);

    private static final String HEAP = "gc(), performance.memory.usedJSHeapSize / 1e6";
    private static final String DRAWN =
            "performance.getEntriesByName('timeline-drawn')[0]?.duration";
    private static final String TOLD = "performance.getEntriesByName('timeline-told')[0].startTime";

    private final Http http;
    private final String address;
    private final Browser browser;

    private TimelineDrawing(AuditCorrelator service, Browser browser) {
        this.http = Http.of(service.httpPort());
        this.address = service.httpAddress();
        this.browser = browser;
    }

    public static void main(String[] arguments) {
        String[] counts =
                arguments.length == 0 ? new String[] {"1000", "5000", "100000"} : arguments;
        try (AuditCorrelator service =
                        AuditCorrelator.start(
                                TestSettings.of(Map.of("registry.backend", "in-process")));
                Playwright playwright =
                        Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options())) {
            System.out.printf(
                    "%10s %10s %10s %12s %10s %10s %10s %10s%n",
                    "events",
                    "told ms",
                    "drawn ms",
                    "drawn CPU ms",
                    "frame ms",
                    "frame p99",
                    "heap MB",
                    "after MB");
            for (String count : counts) {
                new TimelineDrawing(service, browser).run(Integer.parseInt(count));
            }
        }
    }

    private static LaunchOptions options() {
        return new LaunchOptions()
                .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                .setArgs(
                        List.of(
                                "--no-sandbox",
                                "--disable-dev-shm-usage",
                                "--enable-precise-memory-info",
                                "--js-flags=--expose-gc"));
    }

    private void run(int count) {
        String run = "drawn-" + count;
        fill(run, count);
        for (int round = 0; round < ROUNDS; round++) {
            // Playwright waits by what the policy of the page forbids.
            try (Page page = browser.newPage(new Browser.NewPageOptions().setBypassCSP(true))) {
                page.setViewportSize(1600, 900);
                page.navigate(address + "/?view=timeline&run=" + run);
                page.waitForFunction(
                        LANES + "?.scene?.model.count === " + count + " && " + DRAWN + " > 0",
                        null,
                        new WaitForFunctionOptions().setTimeout(PATIENCE_MS));
                page.waitForFunction(
                        "() => new Promise(done => setTimeout(() => done(true), 500))");
                show(page, count);
            }
        }
    }

    private static void show(Page page, int count) {
        double drawn = number(page.evaluate(DRAWN));
        double told = number(page.evaluate(TOLD));
        double taken = processor(page);
        double before = number(page.evaluate(HEAP));
        List<?> frames = (List<?>) page.evaluate(MOVE, FRAMES);
        System.out.printf(
                Locale.ROOT,
                "%10d %10.0f %10.1f %12.1f %10.1f %10.1f %10.1f %10.1f%n",
                count,
                told,
                drawn,
                taken,
                number(frames.get(FRAMES / 2)),
                number(frames.get(FRAMES * 99 / 100)),
                before,
                number(page.evaluate(HEAP)));
    }

    /** The time that the page's thread takes to draw all anew, in milliseconds. */
    private static double processor(Page page) {
        CDPSession tools = page.context().newCDPSession(page);
        JsonObject domain = new JsonObject();
        domain.addProperty("timeDomain", "threadTicks");
        tools.send("Performance.enable", domain);
        double before = tasks(tools);
        page.evaluate(ANEW);
        double after = tasks(tools);
        tools.detach();
        return (after - before) * 1e3;
    }

    private static double tasks(CDPSession tools) {
        for (var metric : tools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject each = metric.getAsJsonObject();
            if (each.get("name").getAsString().equals("TaskDuration")) {
                return each.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("Chromium does not tell how long tasks take");
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Bursts of events, half of which name a cause, with pauses in between. */
    private void fill(String run, int count) {
        Random random = new Random(1);
        long at = 0;
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < count; i++) {
            at += random.nextInt(500) == 0 ? 20_000 + random.nextInt(20_000) : random.nextInt(50);
            events.append(event(run, i, START.plusMillis(at), random)).append('\n');
            if (i % BATCH == BATCH - 1 || i == count - 1) {
                send(events.toString());
                events.setLength(0);
            }
        }
    }

    private void send(String events) {
        int status =
                http.send(
                                http.request("/api/v1/events")
                                        .header("Content-Type", "application/x-ndjson")
                                        .POST(BodyPublishers.ofString(events)))
                        .statusCode();
        if (status >= 300) {
            throw new IllegalStateException("events were not taken: " + status);
        }
    }

    private static String event(String run, int i, Instant at, Random random) {
        String cause =
                i > 8 && random.nextBoolean()
                        ? ", \"cause_id\": \"" + run + "-" + (i - 1 - random.nextInt(8)) + "\""
                        : "";
        return String.format(
                Locale.ROOT,
                "{\"id\": \"%1$s-%2$d\", \"service\": \"service-%3$d\", \"type\": \"type-%4$d\","
                        + " \"severity\": \"%5$s\", \"occurred_at\": \"%6$s\","
                        + " \"scenario_id\": \"%1$s\", \"message\": \"event %2$d\"%7$s}",
                run,
                i,
                random.nextInt(8),
                random.nextInt(12),
                SEVERITIES.get(random.nextInt(SEVERITIES.size())),
                at,
                cause);
    }
}
