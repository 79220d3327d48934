package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** An event that comes late amends its verdict, whether joins still have it or only the store. */
class LateEventsTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: %s, join: [k]}]
            """;

    @ParameterizedTest
    @CsvSource({"10s, 9", "10s, 0", "2s, 1", "5m, 290"})
    void shouldAmendHoweverLateAnEventComes(String within, int occurred) {
        List<String> wrong = new ArrayList<>();
        for (int start = 0; start < 60; start += 26) {
            for (int late = 1; late < 900; late += 15) {
                String scene =
                        "t@%ds e@%ds^%ds"
                                .formatted(start, start + occurred, start + occurred + late);
                SceneText text = SceneText.read(scene, "venue");
                Trial trial =
                        new Trial(
                                EXPECTATION.formatted(within),
                                text.events(),
                                SemanticsTable.TOLERANCES,
                                text.until());
                if (trial.ofEngine().getFirst().status() != Status.PASSED) {
                    wrong.add(scene);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
