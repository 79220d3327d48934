package io.tradingecosystem.audit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** The board of verdicts, as people see it. */
class BoardViewTest extends PageTest {

    @Test
    void shouldShowVerdictsOfARun() {
        play("depeg");

        open("view=board");

        assertThat(page.getByText("stablecoin-depeg-raises-risk-alert")).isVisible();
        requireAccessible();
    }
}
