package io.tradingecosystem.audit.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends 1,000 events a second (another number as the first argument) to a service whose page shows
 * them as they come, in a Chromium without a window, for 120 s (the second argument): frames a
 * second in each ten seconds, the longest frame, how many events came to the page, and its heap.
 */
public final class LiveTail {
    private static final int BATCHES_A_SECOND = 20;
    private static final int STRETCH_SECONDS = 10;

    private static final String FRAMES =
            """
            async milliseconds => {
                const start = await new Promise(requestAnimationFrame);
                let before = start, count = 0, longest = 0;
                while (before - start < milliseconds) {
                    const now = await new Promise(requestAnimationFrame);
                    longest = Math.max(longest, now - before);
                    before = now;
                    count++;
                }
                return [count / ((before - start) / 1000), longest];
            }
            """;

    private static final String HEAP = "gc(), performance.memory.usedJSHeapSize / 1e6";

    private final Http http;
    private final AtomicLong sent = new AtomicLong();

    private LiveTail(AuditCorrelator service) {
        this.http = Http.of(service.httpPort());
    }

    public static void main(String[] arguments) throws InterruptedException {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
        try (AuditCorrelator service =
                        AuditCorrelator.start(
                                TestSettings.of(Map.of("registry.backend", "in-process")));
                Playwright playwright =
                        Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options());
                Page page = browser.newPage(new Browser.NewPageOptions().setBypassCSP(true))) {
            page.navigate(service.httpAddress() + "/?view=find&live=1");
            page.getByText("live", new Page.GetByTextOptions().setExact(true)).waitFor();
            new LiveTail(service).run(page, rate, seconds / STRETCH_SECONDS);
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

    private void run(Page page, int rate, int stretches) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        try (ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor()) {
            sender.scheduleAtFixedRate(
                    () -> {
                        send(rate / BATCHES_A_SECOND);
                        begun.countDown();
                    },
                    0,
                    1_000 / BATCHES_A_SECOND,
                    TimeUnit.MILLISECONDS);
            begun.await();
            System.out.println("  sent  frames/s  longest ms  heap MB");
            for (int i = 0; i < stretches; i++) {
                show(page);
            }
            sender.shutdownNow();
        }
        System.out.println(page.getByText(" came").first().innerText());
    }

    private void show(Page page) {
        List<?> frames = (List<?>) page.evaluate(FRAMES, STRETCH_SECONDS * 1_000);
        System.out.printf(
                Locale.ROOT,
                "%6d %9.1f %11.1f %8.1f%n",
                sent.get(),
                ((Number) frames.get(0)).doubleValue(),
                ((Number) frames.get(1)).doubleValue(),
                ((Number) page.evaluate(HEAP)).doubleValue());
    }

    private void send(int count) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < count; i++) {
            events.append(event(sent.incrementAndGet())).append('\n');
        }
        http.send(
                http.request("/api/v1/events")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(events.toString())));
    }

    private static String event(long number) {
        return String.format(
                Locale.ROOT,
                "{\"service\": \"service-%d\", \"type\": \"type-%d\", \"message\": \"event %d of"
                        + " the tail\", \"attributes\": {\"order_id\": \"ORD-%d\"}}",
                number % 8,
                number % 12,
                number,
                number);
    }
}
