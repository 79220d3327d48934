package io.tradingecosystem.audit.scenario;

import static io.tradingecosystem.audit.scenario.Scene.DEPEG;
import static io.tradingecosystem.audit.scenario.Scene.alert;
import static io.tradingecosystem.audit.scenario.Scene.at;
import static io.tradingecosystem.audit.scenario.Scene.event;
import static io.tradingecosystem.audit.scenario.Scene.injected;
import static io.tradingecosystem.audit.scenario.Scene.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class JudgeTest {
    private static final String EXACTLY_TWO =
            DEPEG.replace("within: 15s", "within: 15s\n    exactly: 2");
    private static final String CRITICAL = DEPEG + "critical: true\n";
    private static final String ORDERED =
            DEPEG
                    + """
                      - name: halt
                        event: {type: strategy.halted}
                        within: 30s
                        join: [scenario_id]
                        after: alert
                    sla:
                      - {name: reaction, from: alert, to: halt, within: 5s}
                    """
                            .indent(0);
    private static final String NEVER =
            """
            name: quiet
            when: {type: chaos.injected}
            never:
              - name: alert
                event: {type: risk.alert.raised}
                within: 10s
            """;

    private static Optional<NearestMiss> miss(Verdict verdict) {
        return verdict.findings().getFirst().nearestMiss();
    }

    @Test
    void shouldPassWhenTheEffectComesInTime() {
        Verdict verdict = judge(DEPEG, injected("t", 0, "s1"), alert("a", 12.3, "s1"));

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.decidedAt()).isEqualTo(at(12.3));
        assertThat(verdict.reason()).isEqualTo("alert came after 12.3 s of 15 s");
        assertThat(verdict.version()).isEqualTo(1);
        assertThat(verdict.findings().getFirst().sightings())
                .singleElement()
                .satisfies(
                        sighting -> {
                            assertThat(sighting.eventId()).isEqualTo("a");
                            assertThat(sighting.delay()).isEqualTo(Duration.ofMillis(12_300));
                        });
    }

    @Test
    void shouldPassAtTheLastMoment() {
        assertThat(judge(DEPEG, injected("t", 0, "s1"), alert("a", 15, "s1")).status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void shouldFailAtTheDeadlineWhenTheEffectComesTooLate() {
        Verdict verdict = judge(DEPEG, injected("t", 0, "s1"), alert("a", 16.7, "s1"));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.decidedAt()).isEqualTo(at(15));
        assertThat(verdict.reason()).isEqualTo("alert came 1.7 s too late (expected within 15 s)");
        assertThat(miss(verdict))
                .hasValueSatisfying(
                        miss -> {
                            assertThat(miss.why()).isEqualTo(Miss.TOO_LATE);
                            assertThat(miss.by()).isEqualTo(Duration.ofMillis(1_700));
                            assertThat(miss.event().eventId()).isEqualTo("a");
                        });
    }

    @Test
    void shouldFailWhenTheEffectNeverComes() {
        Verdict verdict = judge(DEPEG, injected("t", 0, "s1"));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.reason()).isEqualTo("alert did not come within 15 s");
        assertThat(miss(verdict)).isEmpty();
    }

    @Test
    void shouldTellWhenTheEffectCameWithAnotherKey() {
        Verdict verdict = judge(DEPEG, injected("t", 0, "s1"), alert("a", 3, "s2"));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.reason())
                .isEqualTo(
                        "alert came with scenario_id \"s2\" instead of \"s1\" (expected within 15"
                                + " s)");
    }

    @Test
    void shouldTellWhenTheEffectCameBeforeItsCause() {
        Verdict verdict = judge(DEPEG, alert("a", -2, "s1"), injected("t", 0, "s1"));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(miss(verdict).map(NearestMiss::why)).contains(Miss.BEFORE_TRIGGER);
        assertThat(verdict.reason()).contains("came 2 s before the trigger");
    }

    @Test
    void shouldTakeAnEffectThatIsEarlyByNoMoreThanClocksDiffer() {
        Tolerances skewed =
                new Tolerances(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ZERO);
        List<Verdict> verdicts =
                Scene.verify(DEPEG, skewed, alert("a", -0.05, "s1"), injected("t", 0, "s1"));

        assertThat(verdicts).extracting(Verdict::status).containsExactly(Status.PASSED);
    }

    @Test
    void shouldCountExactly() {
        AuditEvent trigger = injected("t", 0, "s1");
        AuditEvent one = alert("a", 1, "s1");
        AuditEvent two = alert("b", 2, "s1");
        AuditEvent three = alert("c", 3, "s1");

        assertThat(judge(EXACTLY_TWO, trigger, one, two))
                .satisfies(
                        verdict -> {
                            assertThat(verdict.status()).isEqualTo(Status.PASSED);
                            assertThat(verdict.decidedAt()).isEqualTo(at(15));
                        });
        assertThat(judge(EXACTLY_TWO, trigger, one).reason())
                .isEqualTo("alert 1 of 2 came within 15 s");
        assertThat(judge(EXACTLY_TWO, trigger, one, two, three))
                .satisfies(
                        verdict -> {
                            assertThat(verdict.status()).isEqualTo(Status.FAILED);
                            assertThat(verdict.decidedAt()).isEqualTo(at(3));
                            assertThat(verdict.reason())
                                    .isEqualTo("alert came 3 times, exactly 2 expected");
                        });
    }

    @Test
    void shouldHoldEffectsToTheirOrder() {
        AuditEvent trigger = injected("t", 0, "s1");
        AuditEvent alert = alert("a", 5, "s1");
        AuditEvent early =
                event("trading-system-engine", "strategy.halted", "h", 4).scenarioId("s1").build();
        AuditEvent late = early.toBuilder().id("l").occurredAt(at(9)).build();

        Verdict failed = judge(ORDERED, trigger, alert, early);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.reason())
                .contains(
                        "halt came before alert",
                        "reaction was not kept, as halt did not come in time");

        Verdict passed = judge(ORDERED, trigger, alert, early, late);
        assertThat(passed.status()).isEqualTo(Status.PASSED);
        assertThat(passed.reason()).contains("reaction took 4 s of 5 s");
    }

    @Test
    void shouldFailAMissedSlaThoughTheEffectCame() {
        AuditEvent halt =
                event("trading-system-engine", "strategy.halted", "h", 12).scenarioId("s1").build();
        Verdict verdict = judge(ORDERED, injected("t", 0, "s1"), alert("a", 5, "s1"), halt);

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.reason()).isEqualTo("reaction took 7 s of 5 s");
    }

    /** Of what came twice nothing that is lost makes one, so that the first keeps the limit. */
    @Test
    void shouldKeepAnSlaByAnEndThatIsNotMetThoughSomethingIsLost() {
        String once =
                DEPEG.replace("within: 15s", "within: 15s\n    exactly: 1")
                        + "sla: [{name: detection, to: alert, within: 4s}]\n";
        Tolerances skewed =
                new Tolerances(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ZERO);
        List<AuditEvent> recording =
                List.of(injected("t", 0, "s1"), alert("a", 2, "s1"), alert("b", 3, "s1"));

        Verdict verdict =
                OfflineVerdicts.verifyWith(
                                Scene.definitions(once), recording, skewed, Optional.empty())
                        .verdicts()
                        .getFirst();

        assertThat(verdict.findings())
                .extracting(Finding::name, Finding::state)
                .containsExactly(tuple("alert", State.MISSED), tuple("detection", State.MET));
    }

    @Test
    void shouldFailAtOnceWhenTheForbiddenHappens() {
        Verdict verdict = judge(NEVER, injected("t", 0, ""), alert("a", 4, ""));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.decidedAt()).isEqualTo(at(4));
        assertThat(judge(NEVER, injected("t", 0, ""), alert("a", 10.5, "")).status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(NEVER, alert("a", -1, ""), injected("t", 0, "")).status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void shouldNotPassACriticalExpectationThatIsTooCloseToCall() {
        Tolerances skewed =
                new Tolerances(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ZERO);
        AuditEvent trigger = injected("t", 0, "s1");

        assertThat(Scene.verify(CRITICAL, skewed, trigger, alert("a", 14.8, "s1")))
                .extracting(Verdict::status)
                .containsExactly(Status.INCONCLUSIVE);
        assertThat(Scene.verify(CRITICAL, skewed, trigger, alert("a", 14.4, "s1")))
                .extracting(Verdict::status)
                .containsExactly(Status.PASSED);
        assertThat(Scene.verify(CRITICAL, skewed, trigger, alert("a", 15.1, "s1")))
                .extracting(Verdict::status)
                .containsExactly(Status.INCONCLUSIVE);
        assertThat(Scene.verify(CRITICAL, skewed, trigger, alert("a", 15.5, "s1")))
                .extracting(Verdict::status)
                .containsExactly(Status.FAILED);
    }

    @Test
    void shouldNotFailForWantOfAnEventThatMayHaveBeenLost() {
        AuditEvent gap =
                VerdictEvents.gap("audit-correlator", new Gap(at(5), at(9), "we were away"));
        AuditEvent trigger = injected("t", 0, "s1");

        Verdict lost = judge(DEPEG, trigger, gap);
        assertThat(lost.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(lost.reason()).contains("did not come", "we were away from");

        assertThat(judge(DEPEG, trigger, gap, alert("a", 10, "s1")).status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(NEVER, trigger, gap).status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(judge(NEVER, trigger, gap, alert("a", 8, "s1")).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotMindALossOutsideOfTheWindow() {
        AuditEvent gap =
                VerdictEvents.gap("audit-correlator", new Gap(at(40), at(50), "we were away"));

        assertThat(judge(DEPEG, injected("t", 0, "s1"), gap).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldJudgeEachOccurrenceByItself() {
        List<Verdict> verdicts =
                Scene.verify(
                        DEPEG,
                        injected("t1", 0, "s1"),
                        injected("t2", 1, "s2"),
                        alert("a", 5, "s2"));

        assertThat(verdicts)
                .extracting(Verdict::triggerId, Verdict::status)
                .containsExactly(tuple("t1", Status.FAILED), tuple("t2", Status.PASSED));
    }

    @Test
    void shouldSurviveBeingWrittenAndReadAsJson() {
        Verdict verdict = judge(ORDERED, injected("t", 0, "s1"), alert("a", 16.7, "s1"));

        assertThat(VerdictJson.read(VerdictJson.write(verdict))).isEqualTo(verdict);
        assertThat(verdict.findings()).extracting(Finding::state).contains(State.MISSED);
    }
}
