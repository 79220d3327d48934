package io.tradingecosystem.audit.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How long a browser takes to show the page of a service on loopback: until the first paint, and
 * until the board is there. First with nothing kept, then with the files that it kept.
 */
public final class PageLoad {
    private static final int LOADS = 20;
    private static final Playwright.CreateOptions OWN_BROWSER =
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    private static final String PAINT =
            "performance.getEntriesByName('first-contentful-paint')[0].startTime";
    private static final String BOARD = "performance.now()";

    private PageLoad() {}

    public static void main(String[] arguments) throws IOException {
        try (AuditCorrelator service = AuditCorrelator.start(settings());
                Playwright playwright = Playwright.create(OWN_BROWSER);
                Browser browser = chromium(playwright)) {
            String address = service.httpAddress() + "/?view=board";
            // Both of them compile what they run while they run it first.
            load(browser, address, LOADS / 2);
            System.out.println("                first paint, board there (ms; median, worst)");
            print("nothing kept", load(browser, address, LOADS));
            print("files kept", reload(browser, address));
        }
    }

    private static Settings settings() throws IOException {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("registry.backend", "in-process");
        properties.put("configuration.address", "off");
        properties.put("configuration.snapshot", "");
        properties.put("store.path", Files.createTempDirectory("page-load").toString());
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    private static Browser chromium(Playwright playwright) {
        return playwright
                .chromium()
                .launch(
                        new LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    private static List<double[]> load(Browser browser, String address, int times) {
        List<double[]> measured = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (BrowserContext context = browser.newContext()) {
                measured.add(measure(context.newPage(), address));
            }
        }
        return measured;
    }

    private static List<double[]> reload(Browser browser, String address) {
        List<double[]> measured = new ArrayList<>();
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            measure(page, address);
            for (int i = 0; i < LOADS; i++) {
                measured.add(measure(page, address));
            }
        }
        return measured;
    }

    private static double[] measure(Page page, String address) {
        page.navigate(address);
        page.locator(".empty").waitFor();
        double board = ((Number) page.evaluate(BOARD)).doubleValue();
        return new double[] {((Number) page.evaluate(PAINT)).doubleValue(), board};
    }

    private static void print(String name, List<double[]> measured) {
        System.out.printf("%-14s%s,%s%n", name, column(measured, 0), column(measured, 1));
    }

    private static String column(List<double[]> measured, int index) {
        double[] sorted = measured.stream().mapToDouble(each -> each[index]).sorted().toArray();
        return "%6.0f%6.0f".formatted(sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
}
