package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/** Who calls whom, as people see it and reach it. */
class TopologyViewTest extends PageTest {
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    @Override
    Map<String, String> settings() {
        return Map.of(
                "topology.file",
                Path.of("src/test/resources/topology/expected.json").toAbsolutePath().toString());
    }

    @BeforeAll
    void sendCalls() {
        send("exchange-simulator-go", "risk-monitor", "a");
        send(SCRIPT, "risk-monitor", "b");
    }

    private void send(String caller, String callee, String digit) {
        Instant now = Instant.now();
        String spans =
                """
                [{"service": "%1$s", "type": "%1$s", "trace_id": "%3$s", "span_id": "1111111111111111",
                  "occurred_at": "%4$s", "duration": "50ms",
                  "attributes": {"span.kind": "client", "rpc.system": "grpc"}},
                 {"service": "%2$s", "type": "%1$s", "trace_id": "%3$s", "span_id": "2222222222222222",
                  "parent_span_id": "1111111111111111", "occurred_at": "%4$s", "duration": "40ms",
                  "attributes": {"span.kind": "server"}}]
                """
                        .formatted(caller, callee, digit.repeat(32), now);
        assertThat(http.post("/api/v1/events", spans).statusCode()).isBetween(200, 299);
    }

    private Locator node(String id) {
        return page.locator("a[data-node='" + id + "']");
    }

    @Test
    void shouldShowWhoCallsWhomAndWhoIsExpectedAndAbsent() {
        open("view=topology");

        assertThat(node("exchange-simulator")).containsText("live");
        assertThat(node("node-ledger")).containsText("dead");
        assertThat(page.locator("svg path.GRPC")).hasCount(3);
        assertThat(page.getByText("50.2 ms / 50.2 ms").or(page.getByText(" ms / ")).first())
                .isVisible();
    }

    @ParameterizedTest
    @CsvSource({
        "1280,LIGHT,node=node-risk",
        "1280,DARK,table=1",
        "320,LIGHT,node=exchange-simulator",
        "3840,DARK,node=node-risk"
    })
    void shouldBeReadableInEveryThemeAndSize(int width, ColorScheme colours, String state) {
        context.close();
        context = newContext(width, 800, colours);
        page = newPage(context);

        open("view=topology&" + state);

        assertThat(node("exchange-simulator")).isVisible();
        requireAccessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the edge")
                .isEqualTo(true);
    }

    @Test
    void shouldSayByKeysAloneWhomAFailureReaches() {
        open("view=topology");
        assertThat(node("node-risk")).isVisible();
        while (!Boolean.TRUE.equals(isFocused("node-risk"))) {
            page.keyboard().press("j");
        }
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*view=topology&node=node-risk$"));
        assertThat(page.getByText("If it fails, these are affected:"))
                .containsText("exchange-simulator");
        page.keyboard().press("Escape");
        assertThat(page).hasURL(Pattern.compile(".*view=topology$"));
        page.goBack();
        assertThat(page).hasURL(Pattern.compile(".*node=node-risk$"));
        page.keyboard().press("t");
        assertThat(page.locator("table").first()).containsText("node-ledger");
    }

    private Object isFocused(String id) {
        return node(id).evaluate("each => each === each.getRootNode().activeElement");
    }

    @Test
    void shouldShowATextThatWouldLikeToBeAScriptAsAText() {
        open("view=topology&table=1");

        assertThat(page.getByText(SCRIPT).first()).isVisible();
        assertThat(page.locator("img")).hasCount(0);
    }

    @Test
    void shouldShowWhatComesWhileItIsOpenAndLeaveTheRestWhereItIs() {
        open("view=topology");
        assertThat(node("exchange-simulator")).isVisible();
        double before = node("exchange-simulator").boundingBox().x;
        http.post(
                "/api/v1/events",
                "{\"service\": \"newcomer\", \"type\": \"came\", \"occurred_at\": \"%s\"}"
                        .formatted(Instant.now()));

        assertThat(node("newcomer")).isVisible();
        assertThat(node("exchange-simulator").boundingBox().x).isEqualTo(before);
    }
}
