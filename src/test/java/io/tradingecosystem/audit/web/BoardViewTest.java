package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.regex.Pattern;

/** The board of verdicts, as people see it and reach it. */
class BoardViewTest extends PageTest {
    private static final String ALERT = "stablecoin-depeg-raises-risk-alert";
    private static final String EXPOSURE = "stablecoin-depeg-limits-exposure";

    @BeforeAll
    void playTwoRuns() {
        play("depeg");
        play("depeg-late");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("FAILED") == 1 && count("PASSED") == 3);
    }

    @Test
    void shouldSayOfEachRunWhatPassedAndWhyTheOtherFailed() {
        open("view=board");

        assertThat(page.locator("tr.run")).hasCount(2);
        assertThat(row("FAILED")).containsText(ALERT);
        assertThat(row("FAILED")).containsText("too late (expected within 15 s)");
        assertThat(row("FAILED")).containsText("critical");
        // The same expectation passed in the other run.
        assertThat(row("FAILED")).containsText("flaky");
        assertThat(rows()).hasCount(4);
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "320,LIGHT", "3840,DARK"})
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);

        open("view=board&verdict=" + failed());

        assertThat(page.getByText("Nearest:")).isVisible();
        requireAccessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the edge")
                .isEqualTo(true);
    }

    @Test
    void shouldKeepWhatIsChosenInTheAddressAndGoBack() {
        open("view=board");
        page.locator("button", new Page.LocatorOptions().setHasText("FAILED")).click();

        assertThat(page).hasURL(Pattern.compile(".*view=board&status=FAILED$"));
        assertThat(rows()).hasCount(1);

        page.getByLabel("Service").selectOption("risk-monitor");
        page.getByLabel("Expectation").selectOption(EXPOSURE);
        assertThat(page.getByText("No verdict is of what is chosen")).isVisible();
        assertThat(page)
                .hasURL(
                        Pattern.compile(
                                ".*status=FAILED&service=risk-monitor&expectation=" + EXPOSURE));

        page.goBack();
        assertThat(rows()).hasCount(1);
        page.goBack();
        page.goBack();
        assertThat(rows()).hasCount(4);
    }

    @Test
    void shouldShowTheSameOfALink() {
        open("view=board&expectation=" + EXPOSURE);

        assertThat(rows()).hasCount(2);
        assertThat(page.getByLabel("Expectation")).hasValue(EXPOSURE);
    }

    @Test
    void shouldBeReachedByKeysAlone() {
        open("view=board");
        assertThat(rows()).hasCount(4);

        page.keyboard().press("1");
        assertThat(rows()).hasCount(1);
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Nearest:")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByText("Nearest:")).isHidden();
        page.keyboard().press("0");
        assertThat(rows()).hasCount(4);
        page.keyboard().press("t");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Scenario");
        requireAccessible();
        page.keyboard().press("t");
        page.keyboard().press("?");
        assertThat(page.getByText("opens the verdict, or closes it")).isVisible();
        requireAccessible();
        page.keyboard().press("Escape");
        page.keyboard().press("1");
        assertThat(rows()).hasCount(1);
        page.keyboard().press("j");
        page.keyboard().press("l");
        assertThat(page).hasURL(Pattern.compile(".*view=timeline&run=stablecoin-depeg-.*"));
    }

    @Test
    void shouldChangeTheThemeAndKeepIt() {
        open("view=board");
        page.keyboard().press("d");
        page.keyboard().press("d");
        page.reload();

        assertThat(page.getByText("Theme: dark")).isVisible();
        assertThat(page.locator("html")).hasCSS("color-scheme", "dark");
    }

    @Test
    void shouldSayThatTheServiceIsAwayAndRecover() {
        open("view=board");
        assertThat(rows()).hasCount(4);

        context.setOffline(true);
        assertThat(page.getByText("The service does not answer")).isVisible();
        assertThat(rows()).hasCount(4);
        context.setOffline(false);

        assertThat(page.getByText("The service does not answer")).isHidden();
        complaints().removeIf(each -> each.contains("ERR_INTERNET_DISCONNECTED"));
    }

    private Locator rows() {
        return page.locator("a.name");
    }

    private Locator row(String status) {
        return page.locator("tr")
                .filter(new FilterOptions().setHas(page.locator("span.status." + status)));
    }

    private int count(String status) {
        return Http.json(http.get("/api/v1/verdicts?status=" + status)).path("count").asInt();
    }

    private String failed() {
        return Http.json(http.get("/api/v1/verdicts?status=FAILED")).at("/verdicts/0/id").asText();
    }
}
