package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class VerdictSetupTest {
    private static final String DEFINITION =
            """
            name: n
            parameters: {deadline: 15s}
            when: {type: a}
            expect: [{name: e, event: {type: b}, within: '${deadline}'}]
            """;

    @Test
    void shouldReadExpectationsWithTheParametersOfTheSettings() {
        VerdictSetup setup =
                new VerdictSetup(
                        "audit",
                        Optional.empty(),
                        Tolerances.DEFAULT,
                        VerdictBounds.DEFAULT,
                        AlertPolicy.DEFAULT,
                        EventAliases.DEFAULT,
                        Map.of("deadline", "20s"));

        Expectation read = setup.kind().readOne("test", DEFINITION, "api").content();

        assertThat(read.within()).isEqualTo(Duration.ofSeconds(20));
    }
}
