package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.api.verdicts.Reports.Form;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many verdicts were judged on complete evidence. */
class CompleteEvidenceTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldCountAsCompleteWhatNothingMissingCanChange() {
        assertThat(
                        evidence(
                                verdict(Status.PASSED, State.MET),
                                verdict(Status.FAILED, State.MISSED)))
                .isEqualTo(new Completeness(2, 2));
    }

    @Test
    void shouldNotCountAsCompleteWhatFailedWithAnotherPartLeftOpen() {
        assertThat(evidence(verdict(Status.FAILED, State.MISSED, State.UNCERTAIN)))
                .isEqualTo(new Completeness(0, 1));
    }

    @Test
    void shouldNotCountAsCompleteARunOfWhichOccurrencesCannotBeTold() {
        assertThat(evidence(run(0), run(1))).isEqualTo(new Completeness(1, 2));
    }

    @Test
    void shouldNotCountWhatIsNotJudgedYet() {
        assertThat(evidence(verdict(Status.PENDING, State.OPEN, State.MET)))
                .isEqualTo(new Completeness(0, 0));
    }

    @Test
    void shouldTellItInEveryFormOfAReport() {
        Outcome outcome = outcome();

        assertThat(Reports.write(outcome, Form.TEXT))
                .endsWith("judged on complete evidence: 1 of 2\n1 PASSED  1 INCONCLUSIVE\n");
        assertThat(Reports.write(outcome, Form.JSON).replaceAll("\\s", ""))
                .contains("\"evidence\":{\"complete\":1,\"judged\":2}");
        assertThat(Reports.write(outcome, Form.JUNIT))
                .contains("<property name=\"judged on complete evidence\" value=\"1 of 2\"/>");
    }

    private static Outcome outcome() {
        return Outcome.of(
                Map.of(Status.PASSED, 1L, Status.INCONCLUSIVE, 1L),
                List.of(
                        verdict(Status.PASSED, State.MET),
                        verdict(Status.INCONCLUSIVE, State.UNCERTAIN)),
                List.of());
    }

    private static Completeness evidence(Verdict... verdicts) {
        return Completeness.of(List.of(verdicts));
    }

    private static Verdict run(int inconclusive) {
        Map<String, BigDecimal> figures = Map.of("inconclusive", BigDecimal.valueOf(inconclusive));
        return verdict(Status.PASSED, List.of(finding(Kind.RUN, State.MET, figures)));
    }

    private static Verdict verdict(Status status, State... states) {
        return verdict(
                status,
                List.of(states).stream()
                        .map(state -> finding(Kind.EFFECT, state, Map.of()))
                        .toList());
    }

    private static Finding finding(Kind kind, State state, Map<String, BigDecimal> figures) {
        return new Finding(
                "part",
                kind,
                state,
                Duration.ZERO,
                START,
                "reason",
                List.of(),
                Optional.empty(),
                figures);
    }

    private static Verdict verdict(Status status, List<Finding> findings) {
        return new Verdict(
                "id",
                1,
                "e",
                "v",
                "s",
                false,
                "run",
                "t",
                START,
                status,
                true,
                Duration.ZERO,
                START,
                START,
                "reason",
                findings);
    }
}
