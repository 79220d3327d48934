package io.tradingecosystem.audit.scenario.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pipeline is told of a run. */
class RunOutcomeTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Expectation alert = expectation("alert", "crash");
    private final Expectation halt = expectation("halt", "crash");
    private final Expectation quiet = expectation("quiet", "quiet-day");
    private final List<Expectation> inForce = List.of(alert, halt, quiet);
    private boolean fresh = true;

    @Test
    void shouldPassWhenEachOfTheKindHasPassedForGood() {
        RunOutcome outcome = of(passed(alert), passed(halt));

        assertThat(outcome.status()).isEqualTo(Status.PASSED);
        assertThat(outcome.isSettled()).isTrue();
        assertThat(names(outcome)).containsExactly("alert", "halt");
    }

    @Test
    void shouldWaitForAnExpectationOfTheKindWhoseTriggerDidNotOccur() {
        RunOutcome outcome = of(passed(alert));

        assertOpen(outcome, Status.PENDING);
        assertThat(outcome.reason()).isEqualTo("halt: its trigger did not occur");
    }

    @Test
    void shouldWaitWhileNothingIsJudged() {
        assertOpen(of(), Status.PENDING);
    }

    @Test
    void shouldWaitForAPassedThatMayStillChange() {
        RunOutcome outcome = of(passed(alert), with(halt, Status.PASSED, false));

        assertOpen(outcome, Status.PENDING);
        assertThat(outcome.reason()).isEqualTo("halt: it may still change");
    }

    @Test
    void shouldBeSettledWhenOneHasFailedForGoodWhateverOthersDo() {
        RunOutcome outcome =
                of(with(alert, Status.FAILED, true), with(halt, Status.PENDING, false));

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.isSettled()).isTrue();
    }

    @Test
    void shouldWaitForAllBesideOneThatHasFailedIfAllIsAskedFor() {
        RunQuestion all =
                new RunQuestion("run", Set.of(), Optional.empty(), Optional.empty(), true);
        Verdict failed = with(alert, Status.FAILED, true);

        assertOpen(of(all, failed, with(halt, Status.PENDING, false)), Status.FAILED);
        assertOpen(of(all, failed, later(Status.PASSED, false), passed(halt)), Status.FAILED);
        assertThat(of(all, failed, later(Status.PASSED, true), passed(halt)).isSettled()).isTrue();
    }

    @Test
    void shouldCountWhatTheVersionInForceHasJudged() {
        Verdict former = verdict(alert, "former", Status.FAILED, true, 2);

        ExpectationOutcome outcome =
                of(passed(alert), later(Status.FAILED, false), former).expectations().getFirst();

        assertThat(outcome.occurrences()).isEqualTo(3);
        assertThat(outcome.statuses())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Status.PASSED, 1, Status.FAILED, 1));
    }

    @Test
    void shouldWaitForAFailedThatMayStillChange() {
        assertOpen(of(with(alert, Status.FAILED, false), passed(halt)), Status.FAILED);
    }

    @Test
    void shouldWaitForOthersBesideAnInconclusiveAsOneMayFail() {
        assertOpen(
                of(with(alert, Status.INCONCLUSIVE, true), with(halt, Status.PENDING, false)),
                Status.INCONCLUSIVE);
    }

    @Test
    void shouldBeInconclusiveWhenAllAreFinalAndOneIs() {
        RunOutcome outcome = of(with(alert, Status.INCONCLUSIVE, true), passed(halt));

        assertThat(outcome.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(outcome.isSettled()).isTrue();
    }

    @Test
    void shouldNotTakeTheVerdictOfAFormerVersion() {
        Verdict former = verdict(alert, "0123456789ab", Status.PASSED, true, 0);

        RunOutcome outcome = of(former, passed(halt));

        assertThat(outcome.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(outcome.reason()).contains("alert: verdict").contains("0123456789ab");
    }

    @Test
    void shouldNotTakeTheVerdictOfWhatIsNotInForceAnyMore() {
        RunOutcome outcome = of(passed(alert), passed(halt), passed(expectation("gone", "crash")));

        assertThat(outcome.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(outcome.reason()).isEqualTo("gone: no expectation of this name is in force");
    }

    @Test
    void shouldNotTakeAnEarlierRunOfTheSameId() {
        fresh = false;

        RunOutcome outcome = of(passed(alert), passed(halt));

        assertOpen(outcome, Status.PENDING);
        assertThat(outcome.reason()).contains("an earlier run of this id");
    }

    @Test
    void shouldLookAtTheNamedOnesOnly() {
        RunQuestion question = question(Set.of("quiet"), Optional.empty());

        RunOutcome outcome = of(question, with(alert, Status.FAILED, true), passed(quiet));

        assertThat(outcome.status()).isEqualTo(Status.PASSED);
        assertThat(names(outcome)).containsExactly("quiet");
    }

    @Test
    void shouldNameOneThatIsNotThere() {
        RunQuestion question = question(Set.of("alert", "no-such"), Optional.empty());

        RunOutcome outcome = of(question, passed(alert));

        assertThat(outcome.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(outcome.isSettled()).isTrue();
        assertThat(outcome.reason()).isEqualTo("no-such: no expectation of this name is in force");
    }

    @Test
    void shouldAskForTheKindThatIsNamedWhateverOccurred() {
        RunQuestion question = question(Set.of(), Optional.of("quiet-day"));

        assertOpen(of(question, passed(alert), passed(halt)), Status.PENDING);
        assertThat(of(question(Set.of(), Optional.of("no-such"))).reason())
                .isEqualTo("no expectation in force is of the scenario no-such");
    }

    @Test
    void shouldNotPassWhereSomethingIsLeftOut() {
        RunOutcome doubted = of(passed(alert), passed(halt)).doubted(List.of("verdicts went"));

        assertThat(doubted.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(doubted.reason()).isEqualTo("verdicts went");
        assertThat(of(with(alert, Status.FAILED, true)).doubted(List.of("x")).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void shouldBeCertainOfNothingWhileTheLogIsNotWorkedIn() {
        assertOpen(of(passed(alert), passed(halt)).behind("behind"), Status.PENDING);
        assertOpen(of(with(alert, Status.FAILED, true)).behind("behind"), Status.PENDING);
    }

    @Test
    void shouldTellTheNewestOfManyFailed() {
        Verdict[] many =
                Stream.iterate(0, i -> i < 25, i -> i + 1)
                        .map(i -> verdict(alert, alert.version(), Status.FAILED, true, i))
                        .toArray(Verdict[]::new);

        ExpectationOutcome outcome = of(many).expectations().getFirst();

        assertThat(outcome.occurrences()).isEqualTo(25);
        assertThat(outcome.deciding()).hasSize(ExpectationOutcome.MAX);
        assertThat(outcome.deciding().getFirst().triggeredAt()).isEqualTo(START.plusSeconds(24));
    }

    private RunOutcome of(Verdict... verdicts) {
        return of(question(Set.of(), Optional.empty()), verdicts);
    }

    private RunOutcome of(RunQuestion question, Verdict... verdicts) {
        return RunOutcome.of(question, inForce, Arrays.asList(verdicts), verdict -> fresh);
    }

    private static void assertOpen(RunOutcome outcome, Status status) {
        assertThat(outcome.isSettled()).isFalse();
        assertThat(outcome.status()).isEqualTo(status);
    }

    private static List<String> names(RunOutcome outcome) {
        return outcome.expectations().stream().map(ExpectationOutcome::name).toList();
    }

    private static RunQuestion question(Set<String> names, Optional<String> scenario) {
        return new RunQuestion("run", names, scenario, Optional.empty(), false);
    }

    private static Verdict passed(Expectation expectation) {
        return with(expectation, Status.PASSED, true);
    }

    private static Verdict with(Expectation expectation, Status status, boolean isFinal) {
        return verdict(expectation, expectation.version(), status, isFinal, 0);
    }

    private Verdict later(Status status, boolean isFinal) {
        return verdict(alert, alert.version(), status, isFinal, 1);
    }

    private static Verdict verdict(
            Expectation of, String version, Status status, boolean isFinal, int second) {
        Instant at = START.plusSeconds(second);
        return new Verdict(
                of.name() + second,
                1,
                of.name(),
                version,
                of.scenario(),
                false,
                "run",
                "t-" + second,
                at,
                status,
                isFinal,
                Duration.ZERO,
                at,
                at,
                "because",
                List.of());
    }

    private static Expectation expectation(String name, String scenario) {
        String text =
                """
                name: %s
                scenario: %s
                when: {type: chaos.injected}
                expect: [{name: e, event: {type: halted}, within: 5s, join: [scenario_id]}]
                """
                        .formatted(name, scenario);
        return ExpectationReader.KIND.read("test", text, "test").getFirst().content();
    }
}
