package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service that asks who is there, and has judged nothing yet. */
class LoginViewTest extends PageTest {
    private static final int FIRST_LOAD_BYTES = 80 * 1024;

    @Override
    Map<String, String> settings() {
        return Map.of("access.mode", "required");
    }

    @Test
    void shouldAskForATokenAndGoOnWithIt() {
        // given
        open("view=board&status=FAILED");
        assertThat(page.getByText("The service asks who you are")).isVisible();
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("this needs the role read");
        requireAccessible();

        // when
        page.getByLabel("Token").fill(service.adminToken().fresh().orElseThrow());
        page.keyboard().press("Enter");

        // then
        assertThat(page.getByText("No verdict is of what is chosen")).isVisible();
        assertThat(page.locator(".live-live")).isVisible();
        assertThat(page.getByLabel("Token")).isHidden();

        // and what to do, where there is nothing yet
        page.keyboard().press("0");
        assertThat(page.getByText("Nothing has been judged yet")).isVisible();
        assertThat(page.getByText("play depeg --speed 5 --service " + service.httpAddress()))
                .isVisible();
        requireAccessible();
        complaints().removeIf(each -> each.contains("401"));
    }

    @Test
    void shouldLoadLittleAndNothingTwice() {
        // given
        // Whatever is asked of the browser may bring another answer.
        List<Response> seen = new ArrayList<>();
        page.onResponse(seen::add);
        open("view=board");
        assertThat(page.getByText("The service asks who you are")).isVisible();
        List<Response> first = List.copyOf(seen);
        List<Response> files =
                first.stream().filter(each -> each.url().contains("/assets/")).toList();

        // then
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(files)
                .allSatisfy(
                        each ->
                                assertThat(each.headers())
                                        .containsEntry("content-encoding", "gzip")
                                        .containsEntry(
                                                "cache-control",
                                                "public, max-age=31536000, immutable"));
        int bytes =
                first.stream()
                        .map(each -> each.request().sizes())
                        .mapToInt(each -> each.responseHeadersSize + each.responseBodySize)
                        .sum();
        assertThat(bytes).as("bytes of the first load").isBetween(1000, FIRST_LOAD_BYTES);
        complaints().removeIf(each -> each.contains("401"));
    }
}
