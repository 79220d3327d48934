package io.tradingecosystem.audit.scenario.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The room as its document shows it. */
class OutcomeExampleTest {
    @Test
    void shouldWaitForWhatDidNotHappenYet() {
        // @start region="decide"
        RunQuestion question =
                new RunQuestion("crash-7", Set.of(), Optional.empty(), Optional.empty(), false);
        RunOutcome outcome = RunOutcome.of(question, List.of(), List.of(), verdict -> true);
        // @end

        assertThat(outcome.status()).isEqualTo(Status.PENDING);
        assertThat(outcome.isSettled()).isFalse();
    }
}
