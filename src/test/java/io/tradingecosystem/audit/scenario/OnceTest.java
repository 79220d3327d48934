package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

/** An effect that is there once counts for the latest trigger at or before it. */
class OnceTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k], once: true}]
            """;

    @ParameterizedTest
    @CsvSource({
        "t@0s t@3s e@5s, t1 MISSED t2 MET",
        "t@0s t@3s e@2s e@5s, t1 MET t2 MET",
        "t@0s t@3s e@3s, t1 MISSED t2 MET",
        "t@0s t@3s e@3s-1ns, t1 MET t2 MISSED",
        "t@0s t@0s e@5s, t1 MISSED t2 MET",
        "t{7}@0s t{8}@3s e{7}@5s, t1 MET t2 MISSED",
        "t{7}@0s t{7.0}@3s e{7}@5s, t1 MISSED t2 MET",
        "t@0s t@3s^40s e@5s, t1 MISSED t2 MET",
        "t@0s t@0.05s/risk e@5s, t1 UNCERTAIN t2 UNCERTAIN",
        "t@0s t@0.1s+1ns/risk e@5s, t1 MISSED t2 MET",
        "t@0s t@5s/risk e@5.05s, t1 UNCERTAIN t2 MET",
        "t@0s e@5s gap@1s..2s, t1 UNCERTAIN",
        "t@0s e@5s now@15s, t1 MET",
        "t@0s e@5s now@14.9s, t1 OPEN"
    })
    void shouldCountForTheLatestTrigger(String scene, String states) {
        SceneText read = SceneText.read(scene, "desk");
        Trial trial =
                new Trial(EXPECTATION, read.events(), SemanticsTable.TOLERANCES, read.until());

        assertThat(trial.differences()).isEmpty();
        assertThat(
                        trial.ofModel().stream()
                                .map(each -> each.trigger() + " " + each.parts().get("e").state())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(states);
    }
}
