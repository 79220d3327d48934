package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.comparison.Ranking.Evidence;
import io.tradingecosystem.audit.comparison.Ranking.Quiet;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.Test;

import java.util.List;

class FaultSearchTest {

    /** Requests of gate to shop, which asks stock; stock takes so long and says so. */
    private static RunOf requests(String id, int count, long stockMillis, String word) {
        RunOf run = new RunOf(id);
        for (int i = 0; i < count; i++) {
            String trace = "t" + i;
            long at = i * 1_000L;
            run.span("gate", "GET", trace, "1", "", at, stockMillis + 40)
                    .span("shop", "sell", trace, "2", "1", at + 5, stockMillis + 30)
                    .span("shop", "call", trace, "3", "2", at + 10, stockMillis + 10)
                    .span("stock", "count", trace, "4", "3", at + 15, stockMillis)
                    .say("stock", trace, "4", Severity.INFO, word, at + 16);
        }
        return run;
    }

    private static Ranking rank(RunOf run, RunOf baseline) {
        return FaultSearch.of(run.sample(), List.of(baseline.sample()));
    }

    private static List<Signal> signals(Ranking ranking, String service) {
        return ranking.suspects().stream()
                .filter(each -> each.service().equals(service))
                .flatMap(each -> each.evidence().stream())
                .map(Evidence::signal)
                .toList();
    }

    @Test
    void shouldFindWhoIsSlow() {
        Ranking ranking =
                rank(requests("run", 10, 200, "counted"), requests("quiet", 10, 20, "counted"));

        assertThat(ranking.mostLikely()).contains("stock");
        assertThat(signals(ranking, "stock")).containsExactly(Signal.OWN_TIME, Signal.TAIL);
        assertThat(signals(ranking, "shop")).isEmpty();
        assertThat(ranking.suspects().getFirst().evidence().getFirst().sentence())
                .isEqualTo(
                        "own time of stock count: half take 200 ms or more; nine of ten took up to"
                                + " 20 ms");
    }

    @Test
    void shouldAskForThreeTimesAsLong() {
        RunOf quiet = requests("quiet", 10, 20, "counted");

        // With the millisecond that is added: 62 ms are three times 20 ms.
        assertThat(signals(rank(requests("run", 10, 61, "counted"), quiet), "stock"))
                .containsExactly(Signal.TAIL);
        assertThat(signals(rank(requests("run", 10, 62, "counted"), quiet), "stock"))
                .containsExactly(Signal.OWN_TIME, Signal.TAIL);
    }

    @Test
    void shouldFindWhoSaysOtherThings() {
        Ranking ranking =
                rank(requests("run", 10, 20, "counted 0"), requests("quiet", 10, 20, "found it"));

        assertThat(ranking.mostLikely()).contains("stock");
        assertThat(signals(ranking, "stock")).containsExactly(Signal.LOGS);
        assertThat(ranking.reason())
                .matches("stock alone changed, by 0\\.[0-9]{2}, quiet runs by up to 0\\.00");
    }

    @Test
    void shouldBlameTheDeepestThatFails() {
        RunOf run = requests("run", 10, 20, "counted");
        for (int i = 0; i < 10; i++) {
            run.error("stock", "t" + i, "4", "no such part", i * 1_000L + 17)
                    .error("shop", "t" + i, "2", "sale failed", i * 1_000L + 18)
                    .error("gate", "t" + i, "1", "status 500", i * 1_000L + 19);
        }

        Ranking ranking = rank(run, requests("quiet", 10, 20, "counted"));

        assertThat(ranking.mostLikely()).contains("stock");
        assertThat(signals(ranking, "stock")).contains(Signal.ERRORS);
        assertThat(signals(ranking, "shop")).doesNotContain(Signal.ERRORS);
        assertThat(signals(ranking, "gate")).doesNotContain(Signal.ERRORS);
    }

    @Test
    void shouldBlameWhoseEffectIsMissingAndNotWhatFollowsFromIt() {
        RunOf quiet =
                new RunOf("quiet")
                        .event("coordinator", "chaos", 0)
                        .event("risk", "alert", 1_000)
                        .event("engine", "halted", 2_000)
                        .link("r", "coordinator", "chaos", "risk", "alert", 1_000)
                        .link("r", "risk", "alert", "engine", "halted", 1_000);
        RunOf run = new RunOf("run").event("coordinator", "chaos", 0);

        Ranking ranking = rank(run, quiet);

        assertThat(ranking.mostLikely()).contains("risk");
        assertThat(ranking.suspects()).extracting(Ranking.Suspect::service).containsExactly("risk");
    }

    @Test
    void shouldBlameWhoseEffectsFollowLater() {
        RunOf quiet =
                new RunOf("quiet")
                        .event("coordinator", "chaos", 0)
                        .event("risk", "alert", 100)
                        .link("r", "coordinator", "chaos", "risk", "alert", 100);
        RunOf run =
                new RunOf("run")
                        .event("coordinator", "chaos", 0)
                        .event("risk", "alert", 900)
                        .link("r", "coordinator", "chaos", "risk", "alert", 900);

        assertThat(signals(rank(run, quiet), "risk")).containsExactly(Signal.DELAYS);
        assertThat(rank(run, quiet).mostLikely()).contains("risk");
    }

    @Test
    void shouldTakeATenthOfADelayForNoChange() {
        RunOf quiet = new RunOf("quiet").event("a", "a", 0).link("r", "a", "a", "b", "b", 900);

        assertThat(
                        rank(
                                        new RunOf("run")
                                                .event("a", "a", 0)
                                                .link("r", "a", "a", "b", "b", 1_000),
                                        quiet)
                                .suspects())
                .isEmpty();
        assertThat(
                        rank(
                                        new RunOf("run")
                                                .event("a", "a", 0)
                                                .link("r", "a", "a", "b", "b", 1_001),
                                        quiet)
                                .suspects())
                .hasSize(1);
    }

    @Test
    void shouldNotTellWhereTwoChangedAlike() {
        RunOf run = new RunOf("run").event("a", "start", 0);
        RunOf quiet =
                new RunOf("quiet").event("a", "start", 0).event("b", "b", 10).event("c", "c", 20);

        Ranking ranking = rank(run, quiet);

        assertThat(ranking.mostLikely()).isEmpty();
        assertThat(ranking.margin()).isZero();
        assertThat(ranking.quiet()).isEqualTo(Quiet.UNKNOWN);
        assertThat(ranking.reason())
                .isEqualTo("b is ahead of c by 0.00 only, quiet runs by up to 0.00");
    }

    @Test
    void shouldNotTellWhereNothingChanged() {
        RunOf run = requests("run", 8, 20, "counted");

        Ranking ranking = rank(run, run);

        assertThat(ranking.mostLikely()).isEmpty();
        assertThat(ranking.reason()).isEqualTo("no service changed");
        assertThat(ranking.quiet()).isEqualTo(Quiet.HALVES);
    }

    @Test
    void shouldMeasureQuietRunsByTheirHalvesOnlyFromEightTracesOn() {
        RunOf run = requests("run", 7, 20, "counted");

        assertThat(rank(run, run).quiet()).isEqualTo(Quiet.UNKNOWN);
    }

    @Test
    void shouldNotTellWhatQuietRunsShowAsWell() {
        RunOf one = requests("one", 10, 20, "counted");
        RunOf other = requests("other", 10, 400, "counted");
        RunOf run = requests("run", 10, 2_000, "counted");

        Ranking sure = rank(run, one);
        Ranking unsure = FaultSearch.of(run.sample(), List.of(one.sample(), other.sample()));

        assertThat(sure.mostLikely()).contains("stock");
        assertThat(unsure.quiet()).isEqualTo(Quiet.BASELINES);
        assertThat(unsure.suspects().getFirst().service()).isEqualTo("stock");
        assertThat(unsure.mostLikely()).isEmpty();
        assertThat(unsure.quietMargin()).isEqualTo(unsure.margin());
    }
}
