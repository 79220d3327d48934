package io.tradingecosystem.audit.scenario.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.scenario.verdicts.Tally.Stood;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How many occurrences were judged on complete evidence, as it is counted. */
class TallyTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldCountAVerdictThatBecomesCompleteAndOneThatIsNoMore() {
        Tally open = Tally.count(Optional.empty(), verdict(Status.PENDING, State.OPEN), none());
        assertThat(open.evidence()).contains(new Completeness(0, 0));

        Stood pending = new Stood(Status.PENDING, false);
        Tally passed =
                Tally.count(
                        Optional.of(open), verdict(Status.PASSED, State.MET), Optional.of(pending));
        assertThat(passed.evidence()).contains(new Completeness(1, 1));

        Tally lost =
                Tally.count(
                        Optional.of(passed),
                        verdict(Status.INCONCLUSIVE, State.UNCERTAIN),
                        Optional.of(new Stood(Status.PASSED, true)));
        assertThat(lost.evidence()).contains(new Completeness(0, 1));
        assertThat(Tally.fromJson(lost.toJson()).evidence()).isEqualTo(lost.evidence());
    }

    @Test
    void shouldNotSayWhatAVersionBeforeDidNotCount() {
        ObjectNode stored =
                Tally.count(Optional.empty(), verdict(Status.PASSED, State.MET), none()).toJson();
        stored.remove("evidence");

        Tally more =
                Tally.count(
                        Optional.of(Tally.fromJson(stored)),
                        verdict(Status.PASSED, State.MET),
                        none());

        assertThat(more.total()).isEqualTo(2);
        assertThat(more.evidence()).isEmpty();
        assertThat(more.toJson().has("evidence")).isFalse();
    }

    private static Optional<Stood> none() {
        return Optional.empty();
    }

    private static Verdict verdict(Status status, State state) {
        Finding finding =
                new Finding(
                        "part",
                        Kind.EFFECT,
                        state,
                        Duration.ZERO,
                        START,
                        "reason",
                        List.of(),
                        Optional.empty());
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
                List.of(finding));
    }
}
