package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.runs.Offenders;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One verdict of all that occurred in a run. */
class RunVerdictsTest {
    private static final String ORDERS =
            """
            name: orders
            when: {type: placed}
            expect: [{name: end, event: {type: [filled, cancelled]}, within: 10s, join: [order]}]
            run: {until: {type: ended}, silence: 30s}
            each: {at-least: %s, min-samples: %d}
            """;

    private static String orders(String share, int samples) {
        return ORDERS.formatted(share, samples);
    }

    private static AuditEvent placed(int order, String run) {
        return Scene.event("desk", "placed", "p%04d".formatted(order), order)
                .scenarioId(run)
                .attribute("order", order)
                .build();
    }

    private static AuditEvent filled(int order, double after) {
        return Scene.event("desk", "filled", "f" + order, order + after)
                .attribute("order", order)
                .build();
    }

    private static AuditEvent[] all(int count, int failed) {
        List<AuditEvent> events = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> events.add(placed(i, "r")));
        IntStream.range(failed, count).forEach(i -> events.add(filled(i, 1)));
        return events.toArray(AuditEvent[]::new);
    }

    @Test
    void shouldPassOnceARunOfWhichAllPassed() {
        Verdict verdict = Scene.judge(orders("100%", 1), all(10, 0));

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.scenarioId()).isEqualTo("r");
        assertThat(verdict.triggerId()).isEqualTo("p0000");
        assertThat(verdict.reason()).isEqualTo("each of 10: 10 passed, where all must pass");
        assertThat(verdict.findings().getFirst().figures())
                .containsEntry("total", BigDecimal.TEN)
                .containsEntry("failed", BigDecimal.ZERO);
    }

    @Test
    void shouldNameTheFirstHundredThatFailed() {
        Verdict verdict = Scene.judge(orders("100%", 1), all(300, 150));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.findings().getFirst().sightings())
                .hasSize(Offenders.MAX_OFFENDERS)
                .extracting(Sighting::eventId)
                .startsWith("p0000")
                .endsWith("p0099")
                .isSorted();
        assertThat(verdict.reason())
                .startsWith("each of 300: 150 passed, 150 failed, where all must pass")
                .contains("the first is p0000");
    }

    @Test
    void shouldBeExactAtAShare() {
        assertThat(Scene.judge(orders("95%", 1), all(100, 5)).status()).isEqualTo(Status.PASSED);
        assertThat(Scene.judge(orders("95%", 1), all(100, 6)).status()).isEqualTo(Status.FAILED);
        assertThat(Scene.judge(orders("99.9%", 1), all(100, 1)).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotTellOfTooFew() {
        Verdict verdict = Scene.judge(orders("95%", 20), all(19, 0));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("MIN_SAMPLES: fewer than 20 occurred");
    }

    @Test
    void shouldJudgeRunsApartAndWhatIsOfNoneTogether() {
        List<Verdict> verdicts =
                Scene.verify(
                        orders("100%", 1),
                        placed(1, "a"),
                        filled(1, 1),
                        placed(2, "b"),
                        placed(3, ""),
                        filled(3, 1),
                        placed(4, ""),
                        filled(4, 1));

        assertThat(verdicts)
                .extracting(verdict -> verdict.scenarioId() + " " + verdict.status())
                .containsExactly("a PASSED", "b FAILED", " PASSED");
    }

    @Test
    void shouldNotTellWhereItsEndDidNotCome() {
        String yaml = orders("100%", 1).replace(", silence: 30s", "");
        AuditEvent end = Scene.event("desk", "ended", "e", 2).scenarioId("r").build();

        assertThat(Scene.judge(yaml, placed(1, "r"), filled(1, 1)).reason())
                .contains("the run's end did not come within 24 h of its last trigger");
        assertThat(Scene.judge(yaml, placed(1, "r"), filled(1, 1), end).status())
                .isEqualTo(Status.PASSED);
        assertThat(Scene.judge(yaml, end, placed(1, "r"), filled(1, 1)).status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void shouldWaitForTheSilence() {
        List<AuditEvent> events = List.of(placed(0, "r"), filled(0, 1));
        assertThat(until(events, 31.9).status()).isEqualTo(Status.PENDING);
        assertThat(until(events, 32).status()).isEqualTo(Status.PASSED);
    }

    private static Verdict until(List<AuditEvent> events, double seconds) {
        return OfflineVerdicts.verifyWith(
                        Scene.definitions(orders("100%", 1)),
                        events,
                        Scene.EXACT,
                        Optional.of(Scene.at(seconds)))
                .verdicts()
                .getFirst();
    }

    @Test
    void shouldNotPassWhereTheRecordingEndsBeforeTheRun() {
        Verdict verdict =
                OfflineVerdicts.verifyWith(
                                Scene.definitions(orders("100%", 1)),
                                List.of(all(3, 0)),
                                Scene.EXACT,
                                Optional.empty())
                        .verdicts()
                        .getFirst();

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("triggers may have been lost: the recording ends");
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() {
        assertThatThrownBy(() -> Scene.definitions(orders("0%", 1)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("above 0% up to 100%");
        assertThatThrownBy(
                        () ->
                                Scene.definitions(
                                        orders("9%", 1)
                                                .replace(
                                                        "{until: {type: ended}, silence: 30s}",
                                                        "{}")))
                .hasMessageContaining("until, silence or both");
        assertThatThrownBy(() -> Scene.definitions(orders("9%", 1).replaceAll("run: .*", "")))
                .hasMessageContaining("each stands without run");
    }
}
