package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.scenario.sources.DeadTimes;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** A service that was dead, as its probe found it, leaves open what it would have told. */
class DeadServicesTest {
    private static final String X =
            """
            name: x
            when: {type: t}
            expect: [{name: alert, event: {service: risk, type: alert}, within: 10s}]
            never: [{name: order, event: {service: desk, type: order}, within: 10s}]
            alive: [risk, desk]
            """;

    private final Hearing hearing = new Hearing();

    DeadServicesTest() {
        hearing.define(X);
    }

    private void dead(String service, double since) {
        hearing.add(new DeadTime(service, Scene.at(since), Optional.empty()).event("refused"));
    }

    private void alive(String service, double since, double until) {
        hearing.add(
                new DeadTime(service, Scene.at(since), Optional.of(Scene.at(until)))
                        .event("serving"));
    }

    private void trigger() {
        hearing.setClock(0);
        hearing.add(Scene.event("chaos", "t", "t", 0).build());
    }

    private void say(String service, String type, double at) {
        hearing.setClock(at);
        hearing.add(Scene.event(service, type, type + at, at).build());
    }

    private Verdict verdict() {
        hearing.moveTo(200);
        return hearing.on("t");
    }

    @Test
    void shouldFailWhereTheServiceWasAliveAsFarAsIsKnown() {
        trigger();

        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotFailWhereTheServiceWasDead() {
        trigger();
        dead("risk", 4);

        assertThat(verdict().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict().reason())
                .contains("SOURCE_SILENT: risk, by its probe, was dead since 2026-01-01T12:00:04Z");
        assertThat(Completeness.isComplete(verdict())).isFalse();
    }

    @Test
    void shouldNotPassWhatADeadServiceMayHaveDone() {
        trigger();
        say("risk", "alert", 1);
        dead("desk", 4);
        alive("desk", 4, 6);

        assertThat(verdict().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict().reason())
                .contains("desk, by its probe, was dead from 2026-01-01T12:00:04Z to ")
                .contains("12:00:06Z");
    }

    @Test
    void shouldPassWhatWasSeenBeforeTheServiceDied() {
        trigger();
        say("risk", "alert", 1);
        dead("risk", 4);

        assertThat(verdict().status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldFailOnWhatADeadServiceDidAllTheSame() {
        trigger();
        say("desk", "order", 1);
        dead("risk", 4);

        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldFailWhereTheServiceDiedBehindTheWindowOrWasAliveBeforeIt() {
        dead("risk", -20);
        alive("risk", -20, 0);
        trigger();
        dead("risk", 10);

        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldWaitUntilADeathIsFoundOut() {
        trigger();
        hearing.moveTo(35);
        assertThat(hearing.on("t").isFinal()).isFalse();
        dead("risk", 9);

        assertThat(verdict().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict().version()).isEqualTo(1);
    }

    @Test
    void shouldAmendWhatWasJudgedBeforeADeathWasFoundOut() {
        trigger();
        assertThat(verdict().status()).isEqualTo(Status.FAILED);
        hearing.restart();
        dead("risk", 9);
        hearing.restart();

        assertThat(verdict().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict().version()).isEqualTo(2);
    }

    @Test
    void shouldAmendWhatWasJudgedBeforeADeathWasOver() {
        dead("risk", -20);
        hearing.restart();
        trigger();
        assertThat(verdict().status()).isEqualTo(Status.INCONCLUSIVE);
        alive("risk", -20, -10);
        hearing.restart();

        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotBelieveAnybodyElse() {
        trigger();
        AuditEvent forged =
                new DeadTime("risk", Scene.at(1), Optional.empty())
                        .event("").toBuilder().author(Author.DOOR).build();
        hearing.add(forged);

        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldLeaveOutExpectationsThatDoNotAsk() {
        hearing.define(X.replace("alive: [risk, desk]", "").replace("name: x", "name: y"));
        trigger();
        dead("risk", 4);
        hearing.moveTo(200);

        assertThat(hearing.reader().verdict(Occurrence.verdictId("y", "t")).orElseThrow().status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void shouldRefuseAServiceThatNoPartNames() {
        assertThatThrownBy(() -> hearing.define(X.replace("[risk, desk]", "[other]")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("alive has other, which no part names as its service");
        assertThatThrownBy(() -> hearing.define(X.replace("[risk, desk]", "[risk, risk]")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("has risk twice");
    }

    @Test
    void shouldNotJudgeARunInWhichAServiceWasDead() {
        hearing.define(
                """
                name: z
                when: {type: t}
                measure: [{name: m, event: {service: risk, type: alert}, rate: true, at-least: 1}]
                run: {silence: 10s}
                alive: [risk]
                """);
        trigger();
        say("risk", "alert", 1);
        dead("risk", 4);
        hearing.moveTo(200);

        Verdict run =
                hearing.reader().verdicts(Question.ofScenario("")).verdicts().stream()
                        .filter(each -> each.expectation().equals("z"))
                        .findFirst()
                        .orElseThrow();
        assertThat(run.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(run.reason()).contains("SOURCE_SILENT: risk, by its probe, was dead since");
    }

    @Test
    void shouldForgetTheEarliestOfTooManyTimes() {
        DeadTimes times = new DeadTimes();
        for (long i = 0; i <= DeadTimes.MAX; i++) {
            assertThat(times.add(10 * i, 10 * i + 5)).isTrue();
        }

        assertThat(times.overlapping(0, 1)).contains(new DeadTimes.Dead(Long.MIN_VALUE, 5));
        assertThat(times.overlapping(5, 10)).isEmpty();
        assertThat(times.overlapping(5, 11)).contains(new DeadTimes.Dead(10, 15));
        assertThat(DeadTimes.read(times.toJson()).toJson()).isEqualTo(times.toJson());
        assertThat(times.add(10, 12)).isTrue();
        assertThat(times.add(10, 13)).isFalse();
    }
}
