package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.options.AriaRole;

import io.tradingecosystem.audit.testing.HostileText;

import org.junit.jupiter.api.Test;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Texts of others that would like to be scripts, in every field that is shown. */
class HostileViewTest extends PageTest {
    private static final String SCRIPT =
            "<img src=x onerror=hacked=1><script>hacked=1</script>\"'><svg"
                    + " onload=hacked=1>${hacked=1}javascript:hacked=1";

    /** The same as short as ids are, and with what those may have of what is not seen. */
    private static final String HOSTILE =
            "<img src=x onerror=hacked=1>\"'><script>hacked=1</script>\u202e\u2066\u200b\ufeff";

    /** What a script, had it run, or an element, had it been made, would leave. */
    private static final String MADE =
            """
            () => {
              const found = [];
              const look = root => root.querySelectorAll('*').forEach(each => {
                if (['IMG', 'SCRIPT', 'IFRAME', 'OBJECT'].includes(each.tagName)) found.push(each.outerHTML);
                for (const name of each.getAttributeNames()) {
                  if (name.startsWith('on')) found.push(name);
                  if (name === 'href' && /^\\s*javascript:/i.test(each.getAttribute(name))) found.push(each.href);
                }
                if (each.shadowRoot) look(each.shadowRoot);
              });
              look(document.body);
              return window.hacked === undefined ? found : ['a script ran'];
            }
            """;

    private static final String EXPECTATION =
            """
            name: hostile
            scenario: '%s'
            critical: true
            when: {type: hostile.trigger*}
            expect:
              - {name: effect, event: {type: hostile.effect*}, within: 1s, join: [scenario_id]}
            """;

    @Test
    void shouldShowThemAsTheyAre() throws Exception {
        // given a verdict with them in every field that others fill
        define();
        Instant now = Instant.now();
        send("hostile.trigger", now.minusSeconds(100));
        send("hostile.effect", now.minusSeconds(90));
        send("hostile.later", now);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get("/api/v1/verdicts?status=FAILED").body().contains("hostile"));

        // when
        open("view=board");

        // then
        assertThat(page.locator("tr.run")).containsText("<img src=x");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator(".findings")).containsText("hostile.effect<img src=x");
        requireHarmless();
        page.keyboard().press("t");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("<img src=x");
        requireHarmless();
    }

    private void define() {
        HttpResponse<String> answer =
                http.send(
                        http.request("/api/v1/expectations")
                                .header("Content-Type", "application/yaml")
                                .header(
                                        "Authorization",
                                        "Bearer " + service.adminToken().fresh().orElseThrow())
                                .PUT(
                                        BodyPublishers.ofString(
                                                EXPECTATION.formatted(SCRIPT.replace("'", "''")))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void send(String type, Instant at) throws JsonProcessingException {
        Map<String, Object> event =
                Map.of(
                        "id", type + HOSTILE,
                        "service", "service" + HOSTILE,
                        "type", type + HOSTILE,
                        "scenario_id", HOSTILE,
                        "occurred_at", at.toString());
        HttpResponse<String> answer =
                http.post("/api/v1/events", new ObjectMapper().writeValueAsString(event));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }

    @Test
    void shouldTakeNothingFromTheAddress() {
        for (String name :
                List.of("view", "status", "service", "expectation", "run", "verdict", "table")) {
            open(name + "=" + URLEncoder.encode(SCRIPT, StandardCharsets.UTF_8));
            assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
            requireHarmless();
        }
        complaints().removeIf(each -> each.contains("404") || each.contains("400"));
    }

    private void requireHarmless() {
        assertThat((List<?>) page.evaluate(MADE)).isEmpty();
        assertThat(HostileText.isHostile(page.locator("body").innerText())).isFalse();
    }
}
