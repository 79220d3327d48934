package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Nothing waits for a registry that never answers. */
class OfflineRegistryViewTest extends PageTest {
    /** Takes connections and says nothing. */
    private final ServerSocket silent;

    OfflineRegistryViewTest() throws IOException {
        silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    }

    @Override
    Map<String, String> settings() {
        return Map.of(
                "registry.backend",
                "redis",
                "registry.redis-url",
                "redis://127.0.0.1:" + silent.getLocalPort());
    }

    @AfterAll
    void close() throws IOException {
        silent.close();
    }

    @BeforeAll
    void playARun() {
        play("depeg");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayAndShowWhatEventsTell() {
        open("view=topology");

        assertThat(page.getByText("The registry is away")).isVisible();
        assertThat(page.locator("a[data-node^='risk-monitor']")).isVisible();
        requireAccessible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"board", "find", "service", "compare", "timeline"})
    void shouldShowEveryOtherView(String view) {
        open("view=" + view);

        assertThat(page.locator("audit-" + view)).isVisible();
        assertThat(page.getByText("stablecoin-depeg").first()).isAttached();
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }
}
