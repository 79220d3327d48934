package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Examples in comments of {@code scenario} and its rooms. */
class ScenarioExampleTest {
    @TempDir private Path folder;

    @Test
    void shouldJudgeARecording() throws IOException {
        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG);
        List<AuditEvent> recording =
                List.of(Scene.injected("chaos", 0, "run"), Scene.alert("alert", 7, "run"));
        // @start region="verify"
        List<Verdict> verdicts =
                OfflineVerdicts.verify(
                                recording,
                                Optional.of(folder),
                                Tolerances.DEFAULT,
                                Optional.empty())
                        .verdicts();
        // @end
        // @start region="verdict"
        Verdict verdict = verdicts.getFirst();
        boolean passed = verdict.status() == Verdict.Status.PASSED;
        // @end
        assertThat(passed).isTrue();
    }

    @Test
    void shouldReadAnExpectation() {
        // @start region="expectation"
        List<Definition<Expectation>> definitions =
                ExpectationReader.KIND.read(
                        "example",
                        """
                        name: depeg
                        when: {type: chaos.injected}
                        expect:
                          - name: alert
                            event: {type: risk.alert.raised}
                            within: 15s
                            join: [scenario_id]
                        """,
                        "file");
        // @end
        assertThat(definitions).hasSize(1);
    }
}
