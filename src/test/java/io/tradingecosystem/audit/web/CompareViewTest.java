package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Two runs side by side, as people see them and reach them. */
class CompareViewTest extends PageTest {
    private static final String HOSTILE = "<img src=x onerror=hacked=1>\u202e";

    private static final Page.GetByLabelOptions EXACT = new Page.GetByLabelOptions().setExact(true);

    private String quiet;
    private String late;

    @BeforeAll
    void playTwoRuns() {
        play("depeg");
        await().atMost(Duration.ofSeconds(30)).until(() -> runs().size() == 1);
        quiet = runs().getFirst();
        play("depeg-late");
        await().atMost(Duration.ofSeconds(30)).until(() -> runs().size() == 2);
        late = runs().stream().filter(each -> !each.equals(quiet)).findFirst().orElseThrow();
    }

    private List<String> runs() {
        JsonNode answer = Http.json(http.get("/api/v1/scenarios"));
        return answer.get("scenarios").findValuesAsText("scenario_id");
    }

    private String query() {
        return "view=compare&run=" + encoded(late) + "&baseline=" + encoded(quiet);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void shouldLayTwoRunsAboveEachOtherAndSayWhatComesLater() {
        open(query());

        assertThat(page.locator(".runs h2")).hasCount(2);
        assertThat(page.locator(".runs h2").first()).containsText("0 is the first trigger of");
        assertThat(page.locator(".ring.later").first()).isVisible();
        assertThat(page.getByText("risk.alert.raised comes").first()).containsText("later");
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT,", "1280,DARK,&table=1", "320,LIGHT,", "3840,DARK,"})
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours, String more) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);

        open(query() + (more == null ? "" : more));

        assertThat(page.locator("h2.fault")).isVisible();
        requireAccessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the edge")
                .isEqualTo(true);
    }

    @Test
    void shouldBeChosenOfTheRunsThatThereAre() {
        open("view=compare");

        page.getByLabel("Run", EXACT).selectOption(late);
        page.getByLabel("Baseline", EXACT).selectOption(quiet);

        assertThat(page.locator("h2.fault")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*view=compare&run=.+&baseline=.+"));
        page.goBack();
        assertThat(page.locator("h2.fault")).hasCount(0);
        assertThat(page.getByLabel("Run", EXACT)).hasValue(late);
    }

    @Test
    void shouldBeReachedByKeys() {
        open(query());
        assertThat(page.locator("h2.fault")).isVisible();

        page.keyboard().press("j");
        assertThat(page.locator("li[aria-current]").first()).isVisible();
        assertThat(page.locator(".chosen").first()).isAttached();
        page.keyboard().press("t");
        assertThat(page.locator("caption").first()).containsText("Run: " + late);
        page.keyboard().press("x");
        assertThat(page.locator("caption").first()).containsText("Run: " + quiet);
    }

    @Test
    void shouldSayThatARunIsNotThere() {
        open("view=compare&run=nobody&baseline=" + encoded(quiet));

        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText("There is no event of the run nobody.");
        assertThat(complaints()).allMatch(each -> each.contains("404"));
        complaints().clear();
    }

    @Test
    void shouldTakeTextsOfOthersForTexts() {
        http.post(
                "/api/v1/events",
                """
                [{"id": "h1", "service": "%1$s", "type": "%1$s", "scenario_id": "hostile", "message": "%1$s"},
                 {"id": "h2", "service": "%1$s", "type": "once", "scenario_id": "hostile"}]
                """
                        .formatted(HOSTILE));

        open("view=compare&run=hostile&baseline=" + encoded(quiet));

        assertThat(page.locator("h2.fault")).isVisible();
        assertThat(page.locator(".lane", new Page.LocatorOptions().setHasText("onerror")).first())
                .hasText("<img src=x onerror=hacked=1>\\u202e");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.evaluate("window.hacked")).isNull();
    }
}
