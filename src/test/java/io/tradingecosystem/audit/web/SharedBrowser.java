package io.tradingecosystem.audit.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Chromium for all tests of a run, that of the machine: nothing is downloaded. Without one the
 * tests are skipped, but fail where {@code CI} is set. For one thread, as the library is.
 */
final class SharedBrowser implements BeforeAllCallback {
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> chromium = chromium();
        assumeTrue(
                chromium.isPresent() || System.getenv("CI") != null,
                "no Chromium at " + String.join(", ", PLACES));
        started(context, chromium);
    }

    /** The browser that this extension started. */
    static Browser of(ExtensionContext context) {
        return started(context, chromium()).browser();
    }

    private static Started started(ExtensionContext context, Optional<Path> chromium) {
        return context.getRoot()
                .getStore(Namespace.create(SharedBrowser.class))
                .getOrComputeIfAbsent(
                        "browser",
                        key -> Started.at(chromium.orElse(Path.of(PLACES.getFirst()))),
                        Started.class);
    }

    private static Optional<Path> chromium() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** A browser and the process that drives it. */
    private record Started(Playwright playwright, Browser browser) implements CloseableResource {
        static Started at(Path chromium) {
            Playwright playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser =
                    playwright
                            .chromium()
                            .launch(
                                    new LaunchOptions()
                                            .setExecutablePath(chromium)
                                            // A sandbox is not to be had for root in a container.
                                            .setArgs(
                                                    List.of(
                                                            "--no-sandbox",
                                                            "--disable-dev-shm-usage",
                                                            "--disable-gpu")));
            return new Started(playwright, browser);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
