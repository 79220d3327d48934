package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Events found, one event, and services, as people see and reach them. */
class FindViewTest extends PageTest {
    private static final String SCRIPT = "<img src=x onerror=console.error('ran')>\u202e";
    private static final int SPANS = 2_500;
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    Map<String, String> settings() {
        return Map.of("search.max-events", "1000");
    }

    @BeforeAll
    void sendEvents() {
        play("depeg");
        List<String> events = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            events.add(span("span-" + i, "work", i, i % 100 == 7 ? 1 + i : 0));
        }
        events.add(hostile());
        http.post("/api/v1/events", "[" + String.join(",", events) + "]");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Http.json(http.get("/api/v1/verdicts")).get("count").asInt() == 2);
    }

    private static String span(String id, String type, int millis, int took) {
        return """
        {"id":"%s","service":"worker","type":"%s","occurred_at":"%s","duration":"%dms"}\
        """
                .formatted(id, type, NOON.plusMillis(millis), took);
    }

    /** A text that would like to be a script in every field that takes one. */
    private static String hostile() {
        return """
        {"id":"hostile-1","service":"%1$s","instance":"%1$s","type":"%1$s","message":"%1$s","severity":"error",
         "occurred_at":"%2$s","correlation_id":"%1$s","scenario_id":"%1$s","cause_id":"%1$s",
         "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","attributes":{"%1$s":"%1$s","map":{"%1$s":["%1$s"]}}}\
        """
                .formatted(SCRIPT, NOON.minusSeconds(60));
    }

    private Locator rows() {
        return page.locator("tbody tr");
    }

    @Test
    void shouldFindByWhatTheFormSaysAndSayItInTheAddress() {
        open("view=find");
        page.getByLabel("Severity at least").selectOption("warning");
        page.getByLabel("Name of attribute 1").fill("symbol");
        page.getByLabel("Value of attribute 1").fill("USDX");
        page.getByLabel("Value of attribute 1").press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*min_severity=warning&attribute.symbol=USDX.*"));
        assertThat(rows().first()).containsText("USDX");
        assertThat(page.getByLabel("Name of attribute 2")).isVisible();
        page.goBack();
        assertThat(page.getByLabel("Severity at least")).hasValue("");
    }

    @Test
    void shouldSayHowFarItReadAndReadOn() {
        open("view=find&id=span-3&service=worker");

        assertThat(page.getByText("1,000 events read, as far as")).isVisible();
        assertThat(page.getByText("Not all of it is here")).isVisible();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            page.keyboard().press("m");
                            return page.getByText("all there are").isVisible();
                        });
        assertThat(rows()).hasCount(111);
    }

    @Test
    void shouldShowTheSlowestFirst() {
        open("view=find&order=duration&service=worker&min_duration=1ms");
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            page.keyboard().press("m");
                            return page.getByText("all there are").isVisible();
                        });

        assertThat(rows()).hasCount(25);
        assertThat(rows().first()).containsText("2.41 s");
        assertThat(rows().last()).containsText("8 ms");
    }

    @Test
    void shouldShowWhatComesAndNothingElse() {
        open("view=find&live=1&type=tail.tick");
        assertThat(page.getByText("live", new Page.GetByTextOptions().setExact(true))).isVisible();
        http.post(
                "/api/v1/events",
                "[" + tick("tick-1", "tail.tick") + "," + tick("o", "other") + "]");

        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("tick-1");
        assertThat(page.getByText("1 came")).isVisible();
        page.keyboard().press("p");
        http.post("/api/v1/events", tick("tick-2", "tail.tick"));
        assertThat(page.getByText("held")).isVisible();
        assertThat(rows()).hasCount(1);
        page.keyboard().press("p");
        assertThat(rows()).hasCount(2);
        requireAccessible();
    }

    private static String tick(String id, String type) {
        return "{\"id\":\"%s\",\"service\":\"ticker\",\"type\":\"%s\"}".formatted(id, type);
    }

    @Test
    void shouldBeReachedByKeysAlone() {
        open("view=board");
        page.keyboard().press("g");
        page.keyboard().press("f");
        assertThat(page.getByLabel("Order")).isVisible();
        page.keyboard().press("/");
        page.keyboard().type("stablecoin-depeg-014");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*view=find.*id=stablecoin-depeg-014"));
        assertThat(rows()).hasCount(1);
        page.keyboard().press("j");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*view=event&id=stablecoin-depeg-014.*"));
        assertThat(page.getByLabel("Verdicts").getByText("stablecoin-depeg-raises-risk-alert"))
                .isVisible();
        page.keyboard().press("g");
        page.keyboard().press("s");
        assertThat(page.getByLabel("Ledger").getByText("risk-monitor")).isVisible();
        page.keyboard().press("/");
        page.keyboard().type("risk");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*view=service&name=risk-monitor"));
    }

    @Test
    void shouldShowEverythingAboutOneEvent() {
        open("view=event&id=" + alert());

        assertThat(page.getByLabel("Fields")).containsText("critical");
        assertThat(page.getByLabel("Attributes", exact())).containsText("USDX");
        assertThat(page.getByLabel("Provenance")).containsText("a sender");
        assertThat(page.getByLabel("Verdicts", exact())).containsText("risk-alert came after");
        assertThat(page.getByLabel("Links", exact())).containsText("the same scenario_id");
        assertThat(page.getByLabel("Chain")).containsText("order.cancel.confirmed");
        assertThat(page.getByLabel("Group")).containsText("scenario.started");
        page.getByText("Its run", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page).hasURL(Pattern.compile(".*view=timeline&run=stablecoin-depeg-.*"));
        page.goBack();
        assertThat(page.getByLabel("Fields")).containsText("critical");
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private String alert() {
        return Http.json(http.get("/api/v1/events?type=risk.alert.raised"))
                .at("/events/0/id")
                .asText();
    }

    @Test
    void shouldSayThatThereIsNoSuchEvent() {
        open("view=event&id=nobody");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no event nobody");
        complaints().removeIf(each -> each.contains("404"));
    }

    @Test
    void shouldSayWhenAnExpectationWasLastExercised() {
        open("view=service&name=risk-monitor");

        Locator expectations = page.getByLabel("Expectations", exact());
        assertThat(row(expectations, "stablecoin-depeg-raises-risk-alert")).containsText("PASSED");
        assertThat(row(expectations, "market-crash-halts-strategies")).containsText("never");
        assertThat(page.getByLabel("Causes", exact()))
                .containsText("test-coordinator chaos.injected");
        assertThat(page.getByLabel("Rules", exact())).containsText("price-shock-raises-risk-alert");
        assertThat(page.getByLabel("Settings", exact())).containsText("correlation.clock-skew");
    }

    private static Locator row(Locator section, String text) {
        return section.locator("tbody tr", new Locator.LocatorOptions().setHasText(text));
    }

    @Test
    void shouldTakeNoTextForAScript() {
        for (String state :
                List.of(
                        "view=find&trace=4bf92f3577b34da6a3ce929d0e0e4736",
                        "view=event&id=hostile-1",
                        "view=service",
                        "view=service&name=" + "%3Cimg%20src=x%20onerror=console.error(1)%3E")) {
            open(state);
            assertThat(page.getByText("<img src=x").first()).isAttached();
            assertThat(page.locator("img")).hasCount(0);
        }
        open("view=event&id=hostile-1");
        assertThat(page.getByLabel("Fields")).containsText("\\u202e");
        assertThat(page.getByLabel("Attributes", exact())).containsText("<img src=x");
        assertThat(page.getByText("Its trace"))
                .hasAttribute(
                        "href",
                        "/?view=timeline&trace=4bf92f3577b34da6a3ce929d0e0e4736&sel=hostile-1");
    }

    @ParameterizedTest
    @CsvSource({"1280,LIGHT", "320,DARK"})
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);
        for (String state :
                List.of(
                        "view=find&min_severity=warning",
                        "view=event&id=" + alert(),
                        "view=service")) {
            open(state);
            assertThat(rows().last()).isVisible();

            requireAccessible();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing stands beyond the edge of " + state)
                    .isEqualTo(true);
        }
    }
}
