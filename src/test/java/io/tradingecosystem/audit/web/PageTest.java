package io.tradingecosystem.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.cli.PlayedRecording;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A view in a real browser, on a whole service of its own. A test class has one service, and each
 * test a fresh page; whatever the page complains of fails the test that made it.
 */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedBrowser.class)
abstract class PageTest {
    private static final double PATIENCE_MS = 15_000;

    /** What axe finds wrong, a line each, such as {@code color-contrast: .quiet}. */
    private static final String AXE =
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .map(each => each.id + ': ' + each.nodes.map(node => node.target.flat(3).join(' ')
                    + ' ' + node.failureSummary).join(' | '))
            """;

    /** Reports of what the policy of the page refused, as a page sees them. */
    private static final String POLICY =
            """
            addEventListener('securitypolicyviolation', event =>
                console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
            """;

    @RegisterExtension final Given given = new Given();
    private final List<String> complaints = new ArrayList<>();

    /** The service that is looked at. */
    AuditCorrelator service;

    Http http;
    BrowserContext context;
    Page page;

    /** What the settings of the service differ in from those of tests. */
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeAll
    void startService() {
        Map<String, String> changes =
                new HashMap<>(
                        Map.of(
                                "registry.backend",
                                "in-process",
                                "scenario.allowed-lateness",
                                "1s"));
        changes.putAll(settings());
        service = AuditCorrelator.start(TestSettings.of(changes));
        http = Http.of(service.httpPort());
    }

    @AfterAll
    void endService() {
        service.close();
    }

    @BeforeEach
    void openBrowser() {
        // The page itself looks every five seconds only.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        complaints.clear();
        context = newContext(1280, 800, ColorScheme.LIGHT);
        page = newPage(context);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
        assertThat(complaints).as("what the page complained of").isEmpty();
    }

    /** Another person's browser. */
    final BrowserContext newContext(int width, int height, ColorScheme colours) {
        BrowserContext fresh =
                given.browser.newContext(
                        new Browser.NewContextOptions()
                                .setBaseURL(service.httpAddress())
                                .setViewportSize(width, height)
                                .setColorScheme(colours));
        fresh.setDefaultTimeout(PATIENCE_MS);
        fresh.addInitScript(POLICY);
        return fresh;
    }

    /** Another tab; its complaints count as well. */
    final Page newPage(BrowserContext in) {
        Page fresh = in.newPage();
        fresh.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") || message.type().equals("warning")) {
                        complaints.add(message.text() + " " + message.location());
                    }
                });
        fresh.onPageError(complaints::add);
        fresh.onRequest(
                request -> {
                    if (!request.url().startsWith(service.httpAddress())) {
                        complaints.add("asked another host: " + request.url());
                    }
                });
        return fresh;
    }

    /** What the page complained of so far; a test that makes it complain takes it away. */
    final List<String> complaints() {
        return complaints;
    }

    /** Opens a state of the page, such as {@code view=board&status=FAILED}. */
    final void open(String query) {
        page.navigate("/?" + query);
    }

    /** Plays a recording of the jar into the service, all at once, and waits until it is judged. */
    final void play(String recording) {
        PlayedRecording.play(recording, service.httpAddress());
    }

    /** Nothing on the page is out of reach for people who see, hear or move less. */
    final void requireAccessible() {
        page.evaluate(axe());
        Object found = page.evaluate(AXE);
        assertThat((List<?>) found).as("what axe found").isEmpty();
    }

    private static String axe() {
        try (InputStream in = PageTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a test class the browser. */
    static final class Given implements BeforeAllCallback {
        private Browser browser;

        @Override
        public void beforeAll(ExtensionContext extensions) {
            browser = SharedBrowser.of(extensions);
        }
    }
}
