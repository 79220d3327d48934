package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.common.FileTree;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** The sources of evidence, as people see them and reach them. */
class SourcesViewTest extends PageTest {
    private static final String HOSTILE = "<img src=x onerror=hacked=1>\u202e";

    private final Path expectations;

    SourcesViewTest() throws IOException {
        expectations = Files.createTempDirectory("expectations");
        Files.writeString(
                expectations.resolve("x.yaml"),
                """
                name: x
                when: {type: order}
                expect:
                  - {name: e, event: {service: quiet, type: e}, within: 1s}
                  - {name: f, event: {service: venue, type: f}, within: 1s}
                speaks: [{service: quiet, every: 1h}, {service: venue, every: 1h}]
                """);
    }

    @Override
    Map<String, String> settings() {
        return Map.of("scenario.expectations", expectations.toString());
    }

    @AfterAll
    void remove() throws IOException {
        FileTree.remove(expectations);
    }

    @BeforeAll
    void tell() {
        http.post(
                "/api/v1/events",
                """
                [{"id": "s1", "service": "desk", "type": "order", "attributes": {"otel.dropped_events_count": 3}},
                 {"id": "s2", "service": "venue", "type": "fill"},
                 {"id": "s3", "service": "%s", "type": "once"}]
                """
                        .formatted(HOSTILE));
    }

    @Test
    void shouldShowWhoWasHeardAndWhatAnSdkDropped() {
        open("view=sources");

        assertThat(row("desk")).containsText("3 events");
        assertThat(row("desk")).containsText("not asked to");
        assertThat(row("venue")).containsText("SPEAKS");
        assertThat(row("quiet")).containsText("SILENT");
        assertThat(row("quiet")).containsText("never spoke");
    }

    @Test
    void shouldShowWhoLostSomethingOnly() {
        open("view=sources");
        assertThat(row("venue")).isVisible();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Lost something"))
                .click();

        assertThat(row("desk")).isVisible();
        assertThat(row("venue")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile(".*only=lossy"));
        page.goBack();
        assertThat(row("venue")).isVisible();
    }

    @Test
    void shouldBeReachedByKeys() {
        open("view=board");
        page.keyboard().press("g");
        page.keyboard().press("u");
        assertThat(row("venue")).isVisible();

        page.keyboard().press("s");

        assertThat(row("quiet")).isVisible();
        assertThat(row("venue")).hasCount(0);
        page.keyboard().press("0");
        assertThat(row("venue")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "320,LIGHT"})
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);

        open("view=sources");

        assertThat(row("desk")).isVisible();
        requireAccessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the edge")
                .isEqualTo(true);
    }

    @Test
    void shouldTakeTextsOfOthersForTexts() {
        open("view=sources");

        assertThat(row("onerror")).containsText("<img src=x onerror=hacked=1>\\u202e");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    private Locator row(String service) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(service));
    }
}
