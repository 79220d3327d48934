package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A stored log is judged anew, and nothing has changed. */
class VerdictReplayTest {
    private final ManualClock clock = ManualClock.at(Scene.START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());

    private void append(AuditEvent event) {
        store.append(List.of(event));
    }

    private void expect(String yaml, String before) {
        append(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test", Scene.START, Scene.definitions(yaml).getFirst(), before));
    }

    private Referee judged() {
        return judged(1_000);
    }

    private Referee judged(long maxVerdicts) {
        Referee referee =
                Referee.of(
                        store.projection("scenario"),
                        store,
                        Scene.EXACT,
                        VerdictBounds.DEFAULT.withMaxVerdicts(maxVerdicts));
        store.read(0, 1_000).forEach(referee::accept);
        referee.writer()
                .put(
                        VerdictKeys.alive(),
                        JsonRecord.read(("{\"at\":\"" + clock.instant() + "\"}").getBytes()));
        referee.expire(clock.instant());
        referee.writer().commit();
        return referee;
    }

    private Replay.Outcome replayedFrom(long first) {
        ShortenedLog rest = new ShortenedLog(store, first);
        return VerdictReplay.compare(new Store(rest, rest, store), Scene.EXACT);
    }

    @Test
    void shouldGiveTheSameWhenTheExpectationsHaveLeftTheLog() {
        append(Scene.semantics());
        expect(Scene.DEPEG, "");
        expect(Scene.DEPEG.replace("15s", "3s"), store.read(1, 1).getFirst().id());
        append(VerdictEvents.gap("x", new Gap(Scene.at(-9), Scene.at(1), "the bus was away")));
        clock.jump(Duration.ofSeconds(5));
        append(Scene.injected("t1", 0, "s1"));
        append(Scene.injected("t2", 2, "s2"));
        append(Scene.alert("a2", 4, "s2"));
        expect(Scene.DEPEG, store.read(2, 1).getFirst().id());
        append(Scene.injected("t3", 3, "s3"));
        clock.jump(Duration.ofSeconds(100));
        judged();

        Replay.Outcome outcome = replayedFrom(5);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(3);
        assertThat(outcome.beyond()).isZero();
    }

    @Test
    void shouldGiveTheSameWhenTheSettingsHaveLeftTheLog() {
        append(Scene.semantics());
        expect(Scene.DEPEG, "");
        append(
                AuditEvent.own("audit", DecisionEvents.SETTINGS)
                        .id("settings")
                        .occurredAt(Scene.START)
                        .attribute("scenario.clock-skew", "200ms")
                        .build());
        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", -0.1, "s1"));
        clock.jump(Duration.ofSeconds(100));
        judged();

        Replay.Outcome outcome = replayedFrom(4);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(1);
    }

    private static AuditEvent of(String type, String id, double at) {
        return Scene.event("app", type, id, at).scenarioId("r").build();
    }

    private void judgeWhatStaysInTheLog(String yaml, AuditEvent removed, AuditEvent... rest) {
        append(Scene.semantics());
        expect(yaml, "");
        append(removed);
        List.of(rest).forEach(this::append);
        clock.jump(Duration.ofSeconds(100));
        judged();
    }

    /** Nobody can tell any more whether the source was heard before. */
    @Test
    void shouldNotCompareASilenceWhoseSignsHaveLeftTheLog() {
        judgeWhatStaysInTheLog(
                """
                name: silence
                when: {type: t}
                never: [{name: e, event: {service: app, type: e}, within: 5s}]
                speaks: [{service: app, every: 10s}]
                """,
                of("sign", "sign", -1),
                of("t", "t", 0).toBuilder().service("ci").build(),
                of("sign", "sign-2", 9));

        assertThat(replayedFrom(1).compared()).isEqualTo(1);
        Replay.Outcome outcome = replayedFrom(4);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isEqualTo(1);
    }

    @Test
    void shouldNotCompareARunOfWhichSomeHasLeftTheLog() {
        judgeWhatStaysInTheLog(
                """
                name: load
                when: {type: t}
                measure: [{name: m, event: {type: e}, rate: true, at-most: 0.01}]
                run: {silence: 10s}
                """,
                of("e", "e-1", -1),
                of("t", "t", 0),
                of("e", "e-2", 1));

        assertThat(replayedFrom(1).compared()).isEqualTo(1);
        Replay.Outcome outcome = replayedFrom(4);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isEqualTo(1);
    }

    @Test
    void shouldTellAWindowThatDiffersHoweverShortTheLog() {
        judgeWhatStaysInTheLog(
                Scene.DEPEG, Scene.alert("a", 1, "s1"), Scene.injected("t", 0, "s1"));

        assertThat(replayedFrom(4).differences()).hasSize(1);
    }

    @Test
    void shouldNotLookAtWhatWasNotJudgedYet() {
        append(Scene.semantics());
        expect(Scene.DEPEG, "");
        append(Scene.injected("t", 0, "s1"));
        clock.jump(Duration.ofSeconds(100));
        judged();
        append(Scene.alert("a", 4, "s1"));

        Replay.Outcome outcome = replayedFrom(1);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(1);
    }

    @Test
    void shouldSayHowManyVerdictsAreNotKeptAnyMore() {
        append(Scene.semantics());
        expect(Scene.DEPEG, "");
        for (int i = 0; i < 5; i++) {
            append(Scene.injected("t" + i, i, "s" + i));
        }
        clock.jump(Duration.ofSeconds(200));
        judged(3);

        Replay.Outcome outcome = replayedFrom(1);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).isEqualTo(3);
        assertThat(outcome.notComparable()).isEqualTo(2);
        assertThat(outcome.beyond()).isZero();
    }

    @Test
    void shouldCompareNothingThatWasOpenedByOtherSemantics() {
        expect(Scene.DEPEG, "");
        append(Scene.injected("t1", 0, "s1"));
        append(Scene.semantics());
        append(Scene.injected("t2", 0, "s2"));
        clock.jump(Duration.ofSeconds(100));
        judged();

        Replay.Outcome outcome = replayedFrom(1);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isEqualTo(1);
        assertThat(outcome.compared()).isEqualTo(1);
    }
}
