package io.tradingecosystem.audit.scenario.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example of the room. */
class RunsExampleTest {
    @Test
    void shouldTellRatesApart() {
        // @start region="rates"
        // 90 errors in 60 s, and 30 in the 60 s of the baseline.
        RateTest rates = new RateTest(90, 60, 30, 60);
        double asManyByChance = rates.orMore(1.2);
        // @end

        assertThat(asManyByChance).isLessThan(0.01);
        assertThat(rates.orMore(3)).isGreaterThan(0.4);
    }
}
