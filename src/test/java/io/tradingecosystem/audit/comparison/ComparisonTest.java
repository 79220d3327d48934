package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.Test;

import java.util.List;

class ComparisonTest {

    @Test
    void shouldTellWhichHopsCameAndWent() {
        RunOf quiet =
                new RunOf("quiet")
                        .span("a", "call", "t", "1", "", 0, 50)
                        .span("b", "handle", "t", "2", "1", 10, 20)
                        .link("r", "b", "done", "c", "told", 5);
        RunOf run =
                new RunOf("run")
                        .span("a", "call", "t", "1", "", 0, 50)
                        .span("d", "handle", "t", "2", "1", 10, 20)
                        .link("r", "b", "done", "c", "told", 5);

        Comparison comparison = Comparison.of(run.run(), List.of(quiet.run()));

        assertThat(comparison.hopChanges())
                .containsExactly(new HopChange("a", "b", 0, 1), new HopChange("a", "d", 1, 0));
        assertThat(comparison.isSame()).isFalse();
    }

    @Test
    void shouldTellErrorsWarningsAndMessages() {
        RunOf quiet = new RunOf("quiet").say("a", "t", "1", Severity.INFO, "took 5 ms", 0);
        RunOf run =
                new RunOf("run")
                        .say("a", "t", "1", Severity.INFO, "took 7 ms", 0)
                        .say("a", "t", "1", Severity.WARNING, "slow", 1)
                        .error("a", "t", "1", "gone", 2);

        Comparison comparison = Comparison.of(run.run(), List.of(quiet.run()));

        assertThat(comparison.rates().getFirst().run()).isEqualTo(new ServiceRates.Counts(3, 1, 1));
        assertThat(comparison.rates().getFirst().baseline())
                .isEqualTo(new ServiceRates.Counts(1, 0, 0));
        assertThat(comparison.messages())
                .containsExactly(
                        new MessageChange("a", "gone", 1, 0), new MessageChange("a", "slow", 1, 0));
    }

    @Test
    void shouldSayHowManyRowsItLeavesOut() {
        RunOf run = new RunOf("run").event("a", "start", 0);
        RunOf quiet = new RunOf("quiet").event("a", "start", 0);
        for (int i = 0; i < 5; i++) {
            run.event("a", "new" + i, i);
        }

        Comparison comparison = Comparison.of(run.run(), List.of(quiet.run()), 2);

        assertThat(comparison.differences()).hasSize(2);
        assertThat(comparison.incomplete()).hasSize(1);
        assertThat(comparison.incomplete().getFirst().bound()).isEqualTo(Bound.COMPARED_ROWS);
        assertThat(comparison.incomplete().getFirst().leftOut()).hasValue(3);
    }

    @Test
    void shouldSayHowManyKindsHaveNoOrder() {
        RunOf run = new RunOf("run");
        for (int i = 0; i < Alignment.MAX_ORDERED + 7; i++) {
            run.event("a", "kind" + i, i);
        }

        Comparison comparison = Comparison.of(run.run(), List.of(run.run()));

        assertThat(comparison.incomplete().getFirst().bound()).isEqualTo(Bound.COMPARED_ORDER);
        assertThat(comparison.incomplete().getFirst().leftOut()).hasValue(7);
    }
}
