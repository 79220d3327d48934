package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.comparison.Difference.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

class AlignmentTest {

    private static List<Difference> differences(RunOf run, RunOf... baselines) {
        return Alignment.of(run.run(), Arrays.stream(baselines).map(RunOf::run).toList());
    }

    private static RunOf quiet() {
        return new RunOf("quiet")
                .event("coordinator", "chaos.injected", 0)
                .event("risk", "alert", 1_000)
                .event("engine", "halted", 2_000);
    }

    @Test
    void shouldCountWhatIsMissingAndWhatIsExtra() {
        RunOf run =
                new RunOf("run")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 1_000)
                        .event("risk", "alert", 1_100)
                        .event("risk", "alert", 1_200);

        List<Difference> differences = differences(run, quiet());

        assertThat(differences)
                .extracting(Difference::kind, each -> each.step().type(), Difference::by)
                .containsExactly(tuple(Kind.MISSING, "halted", 1), tuple(Kind.EXTRA, "alert", 2));
        assertThat(differences.getFirst().first()).isEmpty();
        assertThat(differences.getFirst().baselineFirst()).contains(Duration.ofSeconds(2));
    }

    @Test
    void shouldTellWhatComesLaterAndEarlier() {
        RunOf run =
                new RunOf("run")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 700)
                        .event("engine", "halted", 5_000);

        List<Difference> differences = differences(run, quiet());

        assertThat(differences)
                .extracting(Difference::kind, each -> each.shift().orElseThrow())
                .containsExactly(
                        tuple(Kind.LATER, Duration.ofSeconds(3)),
                        tuple(Kind.EARLIER, Duration.ofMillis(-300)));
    }

    @Test
    void shouldTakeATenthOfTheTimeForNoDifference() {
        RunOf same = quiet().event("engine", "resumed", 10_000);
        RunOf nearly =
                new RunOf("run")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 1_000)
                        .event("engine", "halted", 2_000)
                        .event("engine", "resumed", 11_111);

        assertThat(differences(nearly, same)).isEmpty();
        assertThat(
                        differences(
                                new RunOf("run")
                                        .event("coordinator", "chaos.injected", 0)
                                        .event("risk", "alert", 1_000)
                                        .event("engine", "halted", 2_000)
                                        .event("engine", "resumed", 11_112),
                                same))
                .extracting(Difference::kind)
                .containsExactly(Kind.LATER);
    }

    @Test
    void shouldTakeTenMillisecondsForNoDifference() {
        RunOf quiet = new RunOf("quiet").event("a", "a", 0).event("b", "b", 5);

        assertThat(differences(new RunOf("run").event("a", "a", 0).event("b", "b", 15), quiet))
                .isEmpty();
        assertThat(differences(new RunOf("run").event("a", "a", 0).event("b", "b", 16), quiet))
                .extracting(Difference::kind)
                .containsExactly(Kind.LATER);
    }

    @Test
    void shouldTellWhichPairChangedItsOrder() {
        RunOf run =
                new RunOf("run")
                        .event("coordinator", "chaos.injected", 0)
                        .event("engine", "halted", 1_000)
                        .event("risk", "alert", 1_005);
        RunOf quiet =
                new RunOf("quiet")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 1_000)
                        .event("engine", "halted", 1_004);

        List<Difference> differences = differences(run, quiet);

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().kind()).isEqualTo(Kind.REORDERED);
        assertThat(differences.getFirst().step().type()).isEqualTo("alert");
        assertThat(differences.getFirst().before().orElseThrow().type()).isEqualTo("halted");
        assertThat(differences.getFirst().shift()).contains(Duration.ofMillis(5));
    }

    @Test
    void shouldNotCallAMillisecondAnOrder() {
        RunOf run = new RunOf("run").event("a", "a", 0).event("b", "b", 3).event("c", "c", 2);
        RunOf quiet = new RunOf("quiet").event("a", "a", 0).event("b", "b", 2).event("c", "c", 3);

        assertThat(differences(run, quiet)).isEmpty();
    }

    @Test
    void shouldTakeWhatDiffersAmongBaselinesForNoDifference() {
        RunOf one = quiet();
        RunOf other =
                new RunOf("other")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 3_000)
                        .event("engine", "halted", 2_000)
                        .event("engine", "halted", 2_100);
        RunOf between =
                new RunOf("run")
                        .event("coordinator", "chaos.injected", 0)
                        .event("risk", "alert", 2_500)
                        .event("engine", "halted", 2_000);

        assertThat(differences(between, one)).isNotEmpty();
        assertThat(differences(between, one, other)).isEmpty();
    }
}
