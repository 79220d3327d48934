package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What comes live: one stream for all tabs of a browser, and none while nobody looks. */
class LiveViewTest extends PageTest {
    private static final String HIDE =
            """
            hidden => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """;

    private static final FilterOptions CRASH =
            new FilterOptions().setHasText("market-crash-halts-strategies");

    private final List<Request> streams = new ArrayList<>();
    private int ended;

    @BeforeEach
    void watchStreams() {
        streams.clear();
        ended = 0;
        context.onRequest(
                request -> {
                    if (request.url().endsWith("/verdicts/stream")) {
                        streams.add(request);
                    }
                });
        context.onRequestFailed(request -> ended += streams.contains(request) ? 1 : 0);
    }

    @Test
    void shouldReadOneStreamForAllTabsAndHandItOver() {
        // given two tabs
        Page second = newPage(context);
        open("view=board");
        assertThat(page.locator(".live-live")).isVisible();
        second.navigate("/?view=board");
        assertThat(second.locator(".live-live")).isVisible();
        int before = rows(page);

        // when something is judged
        play("depeg");

        // then both tell of it
        assertThat(page.locator("a.name")).hasCount(before + 2);
        assertThat(second.locator("a.name")).hasCount(before + 2);
        assertThat(streams).hasSize(1);

        // when the tab that reads is closed
        page.close();
        second.waitForCondition(() -> streams.size() == 2);
        play("depeg");

        // then the other goes on where it was
        assertThat(second.locator("a.name")).hasCount(before + 4);
        assertThat(streams.getLast().headers()).containsKey("last-event-id");
        assertThat(streams).hasSize(2);
    }

    @Test
    void shouldReadNoStreamWhileItIsHidden() {
        open("view=board");
        assertThat(page.locator(".live-live")).isVisible();

        page.evaluate(HIDE, true);
        page.waitForCondition(() -> ended == 1);
        play("market-crash");
        page.evaluate(HIDE, false);

        assertThat(page.locator("a.name[data-verdict]").filter(CRASH)).isVisible();
        assertThat(streams).hasSize(2);
    }

    private int rows(Page of) {
        return of.locator("a.name").count();
    }
}
