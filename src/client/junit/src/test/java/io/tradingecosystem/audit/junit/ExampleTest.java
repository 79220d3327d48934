package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.Test;

/** How a service's own test looks; its correlator is one of its own. */
class ExampleTest {
    @Test
    @ExpectVerdict(expectation = "shock-halts", within = "1m")
    void shouldHaltAfterAShock(@ScenarioRun Run run) {
        Engine engine = new Engine(run);
        engine.observe("market.price.shock");
    }

    /** A service, which tells what it does with the run's id as {@code scenario_id}. */
    private record Engine(Run run) {
        void observe(String type) {
            tell(type);
            tell("strategy.halted");
        }

        private void tell(String type) {
            run.record(
                    """
                    {"service": "engine", "type": "%s", "scenario_id": "%s"}\
                    """
                            .formatted(type, run.id()));
        }
    }
}
