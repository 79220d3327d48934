package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** The causal swim-lanes, as people see them and reach them. */
class TimelineViewTest extends PageTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String ATTACK = "<img src=x onerror=window.hurt=1>";

    private String run = "";

    @BeforeAll
    void playARun() {
        play("depeg-late");
        await().atMost(Duration.ofSeconds(30)).until(() -> verdicts("FAILED").size() == 1);
        run = verdicts("FAILED").get(0).get("scenario_id").asText();
    }

    @Test
    void shouldShowWhatHappenedWhyAndWhetherItWasRight() {
        open("view=timeline&run=" + run);

        assertThat(button("^Cause: chaos.injected of test-coordinator → market.price.shock"))
                .hasCount(1);
        assertThat(button("^Cause: .* → risk.alert.raised of risk-monitor, after 16.7 s, rule"))
                .hasCount(1);
        assertThat(button("^Other cause: market.price.shock .* → risk.alert.raised")).hasCount(1);
        assertThat(button("^missed: risk-alert came 1.7 s too late. Window of 15 s")).isVisible();
        assertThat(button("^met: exposure-cut came after 17.8 s")).isVisible();
        assertThat(page.locator("svg .miss")).hasCount(1);
        assertThat(page.locator("svg .name").first()).containsText("test-coordinator");
        // README.md has a copy of it.
        page.screenshot(
                new ScreenshotOptions().setPath(Path.of("target/screenshots/timeline.png")));
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "1280,DARK", "320,LIGHT", "3840,DARK"})
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);

        open("view=timeline&sure=shown&run=" + run + "&sel=" + id("risk.alert.raised"));

        assertThat(details()).containsText("exposure 4.1 M");
        assertThat(details()).containsText("depeg");
        requireAccessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the edge")
                .isEqualTo(true);
    }

    @Test
    void shouldBeWalkedThroughByKeysAlone() {
        open("view=timeline&run=" + run);
        assertThat(picture()).isVisible();

        picture().focus();
        page.keyboard().press("ArrowRight");
        assertThat(details()).containsText("scenario.started");
        page.keyboard().press("e");
        assertThat(details()).containsText("chaos.injected");
        assertThat(
                        page.getByText(
                                Pattern.compile(
                                        "chaos.injected of test-coordinator, \\+1 s, warning")))
                .hasCount(1);
        page.keyboard().press("ArrowDown");
        assertThat(details()).containsText("trading-system-engine");
        page.keyboard().press("Escape");
        assertThat(details()).hasCount(0);

        page.keyboard().press("Tab");
        assertThat(button("^missed: risk-alert")).isFocused();
        page.keyboard().press("Enter");
        assertThat(details()).containsText("Nearest miss");
        assertThat(page).hasURL(Pattern.compile(".*&verdict=verdict-.*&part=risk-alert$"));
        for (int i = 0; i < 4; i++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(".arrow:focus")).hasCount(1);
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        assertThat(details()).containsText("Evidence");

        page.keyboard().press("f");
        assertThat(page).hasURL(Pattern.compile(".*&fold=off.*"));
        page.keyboard().press("+");
        assertThat(page).hasURL(Pattern.compile(".*&zoom=.*"));
        page.keyboard().press("0");
        assertThat(page).hasURL(Pattern.compile("^((?!zoom).)*$"));
    }

    @Test
    void shouldGrowWhileItsRunGoesOn() {
        http.post("/api/v1/events", ofRun("first"));
        open("view=timeline&run=growing");
        assertThat(page.locator("svg .name")).hasCount(1);

        http.post("/api/v1/events", ofRun("second"));

        assertThat(page.locator("svg .name")).hasCount(2);
        assertThat(page.locator("svg .name").last()).containsText("second");
    }

    private static String ofRun(String service) {
        return "{\"service\":\"%s\",\"type\":\"step.done\",\"scenario_id\":\"growing\"}"
                .formatted(service);
    }

    @Test
    void shouldHaveTheSameAsATable() {
        open("view=timeline&run=" + run);
        assertThat(picture()).isVisible();

        page.keyboard().press("t");

        Locator events = page.getByRole(AriaRole.TABLE).first();
        assertThat(events.locator("tbody tr")).hasCount(entries().size());
        assertThat(events).containsText("rule chaos-injection-raises-risk-alert, after 16.7 s");
        assertThat(page.getByRole(AriaRole.TABLE).nth(1)).containsText("came 1.7 s too late");
        assertThat(page.getByRole(AriaRole.TABLE).nth(2)).containsText("5.88 s");
        requireAccessible();
    }

    @Test
    void shouldShowTheSameOfALinkAndGoBack() {
        String alert = id("risk.alert.raised");
        String shock = id("market.price.shock");
        open("view=timeline&run=" + run + "&sel=" + alert + "&cause=" + shock);

        assertThat(details()).containsText("price-shock-raises-risk-alert");
        assertThat(details()).containsText("16.35 s of 1 m, the same scenario_id");
        details().getByText("chaos.injected").click();
        assertThat(details()).containsText("chaos-injection-raises-risk-alert");
        details().getByText("risk.alert.raised").click();
        details().getByText("What led to it").click();
        assertThat(page).hasURL(Pattern.compile(".*view=timeline&event=" + alert + ".*"));
        assertThat(button("^Cause: exposure.reduced")).hasCount(3);

        page.goBack();
        assertThat(page).hasURL(Pattern.compile(".*&run=" + run + "&sel=" + alert + "$"));

        open(
                "view=timeline&run="
                        + run
                        + "&verdict="
                        + verdicts("FAILED").get(0).get("id").asText());
        assertThat(details()).containsText("Nearest miss");
    }

    @Test
    void shouldDrawATraceAsAWaterfall() {
        String now = Instant.now().toString();
        post(span(now, "1", "", "POST /orders", 100), span(now, "2", "1", "check limits", 40));
        post(span(now, "3", "2", "SELECT limits", 10), span(now, "4", "1", "match", 30));

        open("view=timeline&trace=" + TRACE);

        assertThat(page.locator("svg .name"))
                .containsText(
                        new String[] {"POST /orders", "check limits", "SELECT limits", "match"});
        page.keyboard().press("w");
        assertThat(page.locator("svg .name")).containsText(new String[] {"spans"});
        assertThat(button("^Cause: POST .orders")).hasCount(2);
    }

    @Test
    void shouldTakeTextsOfOthersForTexts() {
        post(
                """
                {"id": "a-%1$s", "service": "%1$s", "type": "%1$s", "message": "%1$s",
                 "occurred_at": "2026-01-01T12:00:00Z", "scenario_id": "attack",
                 "attributes": {"%1$s": "%1$s", "turned": "a\\u202eb"}}
                """
                        .formatted(ATTACK),
                """
                {"id": "b", "service": "b", "type": "b", "cause_id": "a-%1$s",
                 "occurred_at": "2026-01-01T12:00:01Z", "scenario_id": "attack"}
                """
                        .formatted(ATTACK));

        open("view=timeline&run=attack&sel=b");
        assertThat(button("^Cause: <img src=x")).hasCount(1);
        details().getByText("<img src=x").first().click();
        assertThat(details()).containsText("the sender named the cause");
        details().getByText("<img src=x").first().click();
        assertThat(details()).containsText("a\\u202eb");
        page.keyboard().press("t");
        assertThat(page.getByRole(AriaRole.TABLE).first()).containsText("<img src=x onerror=");

        assertThat(page.evaluate("window.hurt")).isNull();
    }

    private Locator picture() {
        return page.getByRole(AriaRole.APPLICATION);
    }

    private Locator details() {
        return page.getByRole(AriaRole.COMPLEMENTARY);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private JsonNode verdicts(String status) {
        return Http.json(http.get("/api/v1/verdicts?status=" + status)).get("verdicts");
    }

    private JsonNode entries() {
        return Http.json(http.get("/api/v1/timelines?scenario_id=" + run)).get("entries");
    }

    private String id(String type) {
        for (JsonNode entry : entries()) {
            if (entry.at("/event/type").asText().equals(type)) {
                return entry.at("/event/id").asText();
            }
        }
        throw new AssertionError("no event of type " + type);
    }

    private static String span(String at, String id, String parent, String type, int millis) {
        return """
        {"id": "span-%2$s", "service": "spans", "type": "%4$s", "occurred_at": "%1$s",
         "duration": %5$d000000, "trace_id": "%6$s", "span_id": "000000000000000%2$s"%3$s}
        """
                .formatted(
                        at,
                        id,
                        parent.isEmpty()
                                ? ""
                                : ", \"parent_span_id\": \"000000000000000" + parent + "\"",
                        type,
                        millis,
                        TRACE);
    }

    private void post(String... events) {
        for (String event : events) {
            assertThat(http.post("/api/v1/events", event).statusCode()).isLessThan(300);
        }
    }
}
