package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must become steady says how it did, or why it did not. */
class SteadyTest {
    private static final String ERRORS =
            """
            name: settles
            when: {type: chaos.ended}
            steady:
              - {name: errors, event: {type: error}, within: 60s, for: 30s, %s, join: [scenario_id]}
            """;

    private final List<AuditEvent> events = new ArrayList<>();

    SteadyTest() {
        event("chaos.ended", 0);
    }

    private void event(String type, double second) {
        event("one", type, second);
    }

    /** Of another clock than the trigger, which may differ by 100 ms. */
    private void elsewhere(double second) {
        event("two", "error", second);
    }

    private void event(String instance, String type, double second) {
        events.add(
                Scene.event("shop", type, "e" + events.size(), second)
                        .instance(instance)
                        .scenarioId("s1")
                        .recordedAt(Scene.START.plusMillis((long) (second * 1e3)))
                        .build());
    }

    private Verdict judged(String band) {
        List<Verdict> verdicts =
                new Trial(
                                ERRORS.formatted(band),
                                events,
                                new ModelTolerances(
                                        Duration.ofSeconds(2),
                                        Duration.ofMillis(100),
                                        Map.of(),
                                        Duration.ofSeconds(5)),
                                Instant.MAX)
                        .ofEngine();
        assertThat(verdicts).hasSize(1);
        return verdicts.getFirst();
    }

    @Test
    void shouldTellWhenItSettled() {
        for (int second = 1; second < 20; second++) {
            event("error", second);
        }
        Verdict verdict = judged("at-most: 5");

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        Finding finding = verdict.findings().getFirst();
        assertThat(finding.kind()).isEqualTo(Kind.STEADY);
        assertThat(finding.reason())
                .isEqualTo(
                        "settled after 14 s: 5 came in the 30 s from then on (at most 5 allowed)");
        assertThat(finding.at()).isEqualTo(Scene.at(44).plusNanos(1));
    }

    @Test
    void shouldTellWhatCameWhereItDidNot() {
        for (int second = 1; second < 90; second++) {
            event("error", second);
        }

        assertThat(judged("at-most: 5").reason())
                .isEqualTo(
                        "errors did not settle within 1 m: at least 29 came in each 30 s"
                                + " (at most 5 allowed)");
        assertThat(judged("at-least: 40").reason())
                .isEqualTo(
                        "errors did not settle within 1 m: at most 30 came in any 30 s"
                                + " (at least 40 expected)");
    }

    @Test
    void shouldLeaveOpenWhatManyMoreMayHaveDecided() {
        for (int i = 0; i < Stretches.MAX_LOOKED_AT; i++) {
            event("error", 50 + i / 1e6);
        }
        assertThat(judged("at-most: 5").status()).isEqualTo(Status.PASSED);
        event("error", 51);

        Verdict verdict = judged("at-most: 5");
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.findings().getFirst().state()).isEqualTo(State.UNCERTAIN);
        assertThat(verdict.reason()).contains("but more than 10000 came, and no more are counted");
        assertThat(judged("at-least: 10, at-most: 5000").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(judged("at-least: 10").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldSettleWithWhatIsJustEnough() {
        for (int second = 1; second < 90; second++) {
            event("error", second);
        }

        assertThat(judged("at-least: 30").status()).isEqualTo(Status.PASSED);
        assertThat(judged("at-least: 31").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldLeaveOpenWhatMayHaveComeTooLate() {
        for (int second = 0; second < 60; second++) {
            event("error", second + 0.99);
        }
        elsewhere(60.05);

        Verdict verdict = judged("at-most: 0");
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).endsWith("too close to call, as clocks may differ by 100 ms");
        assertThat(judged("at-most: 1").status()).isEqualTo(Status.PASSED);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.11, FAILED",
        "-0.09, INCONCLUSIVE",
        "0.09, INCONCLUSIVE",
        "0.11, PASSED",
        "89.89, PASSED",
        "89.91, INCONCLUSIVE",
        "90.09, INCONCLUSIVE",
        "90.11, FAILED"
    })
    void shouldCountOfOtherClocksWhatCameForSure(double second, Status status) {
        elsewhere(second);

        assertThat(judged("at-least: 1").status()).isEqualTo(status);
    }
}
