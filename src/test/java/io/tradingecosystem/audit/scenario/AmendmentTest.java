package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of a verdict when its window is judged again. */
class AmendmentTest {
    private static final int NEW = 0;
    private static final AuditEvent SPAN =
            AuditEvent.builder("desk", "span")
                    .id("span")
                    .occurredAt(Scene.at(1))
                    .recordedAt(Scene.at(9))
                    .duration(Duration.ofSeconds(3))
                    .build();

    private static Verdict verdict(int version, Status status, boolean isFinal, String reason) {
        State state =
                switch (status) {
                    case PASSED -> State.MET;
                    case FAILED -> State.MISSED;
                    case PENDING -> State.OPEN;
                    case INCONCLUSIVE -> State.UNCERTAIN;
                };
        return new Verdict(
                "id",
                version,
                "x",
                "v",
                "scenario",
                false,
                "run",
                "t",
                Scene.START,
                status,
                isFinal,
                Duration.ZERO,
                Scene.at(version == NEW ? 4 : 5),
                Scene.at(6),
                reason,
                List.of(finding("f", state), finding("g", State.MET)));
    }

    private static Finding finding(String name, State state) {
        return new Finding(
                name,
                Kind.EFFECT,
                state,
                Duration.ofSeconds(6),
                Scene.at(6),
                "as it is",
                List.of(),
                Optional.empty());
    }

    private static Amendment amend(Verdict last, Verdict now, boolean stale, int firstJoin) {
        Window window =
                new Window(
                        1,
                        WindowRole.TRIGGER,
                        "x",
                        "v",
                        firstJoin,
                        new Occurrence(
                                "id",
                                new JoinedEvent("t", "t", 0, 0, new EventClock("desk", "one")),
                                1,
                                "run"),
                        List.of(),
                        new Standing(last.version(), last.status(), last.isFinal(), stale),
                        KeptVerdict.of(last),
                        Optional.empty(),
                        Optional.empty());
        return Amendment.of(window, () -> last, now, Optional.of(SPAN));
    }

    private static Amendment amend(Verdict last, Verdict now) {
        return amend(last, now, false, 3);
    }

    private static Verdict last(Status status, boolean isFinal) {
        return verdict(2, status, isFinal, "so");
    }

    private static Verdict now(Status status, boolean isFinal, String reason) {
        return verdict(NEW, status, isFinal, reason);
    }

    @Test
    void shouldBeTheFirstVersionWhenItIsNoLongerPending() {
        Verdict pending = now(Status.PENDING, false, "waits");

        assertThat(amend(pending, pending).verdict()).isEqualTo(pending);
        assertThat(amend(pending, now(Status.PASSED, false, "so")).verdict())
                .isEqualTo(now(Status.PASSED, false, "so").withVersion(1));
        assertThat(amend(pending, pending, false, 0).verdict().reason()).isEqualTo("waits");
    }

    @Test
    void shouldSayThatItsWindowWasOpenedUnderOtherSemantics() {
        Amendment amendment =
                amend(
                        now(Status.PENDING, false, "waits"),
                        now(Status.PASSED, true, "so"),
                        false,
                        Window.OF_OLD);

        assertThat(amendment.verdict().version()).isEqualTo(1);
        assertThat(amendment.verdict().status()).isEqualTo(Status.PASSED);
        assertThat(amendment.verdict().isFinal()).isTrue();
        assertThat(amendment.verdict().reason()).startsWith("so; judged by semantics ");
        assertThat(amendment.stale()).isFalse();
    }

    @Test
    void shouldKeepToItselfBeforeItIsFinalWhatChangesNoStatus() {
        Verdict last = last(Status.PASSED, false);

        Amendment same = amend(last, now(Status.PASSED, false, "so"));
        assertThat(same).isEqualTo(new Amendment(last, false));
        Amendment other = amend(last, now(Status.PASSED, false, "otherwise"));
        assertThat(other).isEqualTo(new Amendment(last, true));
        Amendment again = amend(last, now(Status.PASSED, false, "so"), true, 3);
        assertThat(again).as("something was seen before").isEqualTo(new Amendment(last, true));
    }

    @Test
    void shouldMakeAVersionWhenTheStatusChanges() {
        Amendment amendment =
                amend(last(Status.PASSED, false), now(Status.FAILED, false, "not so"));

        assertThat(amendment.stale()).isFalse();
        assertThat(amendment.verdict().version()).isEqualTo(3);
        assertThat(amendment.verdict().status()).isEqualTo(Status.FAILED);
        assertThat(amendment.verdict().isFinal()).isFalse();
        assertThat(amendment.verdict().lateBy()).as("nothing was final").isZero();
        assertThat(amendment.verdict().decidedAt()).as("not before it").isEqualTo(Scene.at(5));
    }

    @Test
    void shouldBecomeFinalWithoutAVersionIfItSaysTheSame() {
        Verdict last = last(Status.PASSED, false);

        assertThat(amend(last, now(Status.PASSED, true, "so")))
                .isEqualTo(new Amendment(last.asFinal(true), false));
        Verdict changed = amend(last, now(Status.PASSED, true, "otherwise")).verdict();
        assertThat(changed.version()).isEqualTo(3);
        assertThat(changed.isFinal()).isTrue();
        assertThat(changed.lateBy()).isZero();
    }

    @Test
    void shouldSayByHowLateASpanAmendedWhatWasFinal() {
        Verdict last = last(Status.FAILED, true);

        Verdict amended = amend(last, now(Status.PASSED, true, "so")).verdict();
        assertThat(amended.version()).isEqualTo(3);
        assertThat(amended.lateBy()).as("it ended at 4 s").isEqualTo(Duration.ofSeconds(5));
        assertThat(amend(last, now(Status.FAILED, true, "so")))
                .isEqualTo(new Amendment(last, false));
        assertThat(amend(last, now(Status.FAILED, true, "worse")).verdict().version()).isEqualTo(3);
    }

    @Test
    void shouldBeOpenAgainAfterWordOfALoss() {
        Verdict last = last(Status.FAILED, true);

        assertThat(amend(last, now(Status.PENDING, false, "waits")))
                .isEqualTo(new Amendment(last.asFinal(false), true));
    }

    @Test
    void shouldCloseWhatIsPendingAsInconclusive() {
        Verdict closed = Amendment.closed(now(Status.PENDING, false, "waits"), 7);

        String reason = "OPEN_WINDOWS: closed before it was over, as more than 7 windows were open";
        assertThat(closed.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(closed.version()).isEqualTo(1);
        assertThat(closed.isFinal()).isTrue();
        assertThat(closed.reason()).isEqualTo(reason);
        assertThat(closed.decidedAt()).isEqualTo(closed.deadline());
        assertThat(closed.findings())
                .extracting(Finding::state)
                .containsExactly(State.UNCERTAIN, State.MET);
        assertThat(closed.findings())
                .extracting(Finding::reason)
                .containsExactly(reason, "as it is");
    }

    @Test
    void shouldCloseWhatIsDecidedAsItIs() {
        Verdict last = last(Status.FAILED, false);

        assertThat(Amendment.closed(last, 7)).isEqualTo(last.asFinal(true));
        assertThat(Amendment.notUnderstood(last)).isEqualTo(last.asFinal(true));
        assertThat(Amendment.notUnderstood(now(Status.PENDING, false, "")).reason())
                .startsWith("NOT_UNDERSTOOD");
    }
}
