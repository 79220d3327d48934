package io.tradingecosystem.audit.junit;

import io.tradingecosystem.audit.junit.ExpectVerdict.Status;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What people write; {@link VerdictExtensionTest} runs these. */
class Scenes {
    static final Set<String> RUNS = ConcurrentHashMap.newKeySet();
    private static final Instant NOW = Instant.now();

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    void passes(@ScenarioRun Run run) {
        run.record(all(event(run, "market.price.shock", 0), event(run, "strategy.halted", 500)));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    void lacksTheReaction(@ScenarioRun Run run) {
        run.record(event(run, "market.price.shock", 0));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    void reactsTooLate(@ScenarioRun Run run) {
        run.record(all(event(run, "market.price.shock", 0), event(run, "strategy.halted", 5500)));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts", status = Status.FAILED)
    void expectsAFailure(@ScenarioRun Run run) {
        run.record(event(run, "market.price.shock", 0));
    }

    @Test
    @ExpectVerdict(expectation = "halt-resumes", status = Status.FAILED)
    void expectsAFailureOfWhatCannotBeTold(@ScenarioRun Run run) {
        run.record(event(run, "strategy.halted", 0));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts", within = "2s")
    void hasNoTrigger(@ScenarioRun Run run) {
        run.record(event(run, "order.placed", 0));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts", within = "2s")
    void saysNothing() {}

    @Test
    @ExpectVerdict(expectation = "shock-halts", within = "0.1s")
    void looksAhead(@ScenarioRun Run run) {
        passes(run);
        run.record(event(run, "market.price.shock", 1_800_000));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    void passesOnceOfTwice(@ScenarioRun Run run) {
        passes(run);
        run.record(event(run, "market.price.shock", 9000));
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    @ExpectVerdict(expectation = "halt-resumes", within = "20s")
    void passesOneOfTwo(@ScenarioRun Run run) {
        passes(run);
    }

    @Test
    @ExpectVerdict(expectation = "nothing-of-the-kind")
    void expectsTheUnknown(@ScenarioRun Run run) {
        passes(run);
    }

    @Test
    @ExpectVerdict(expectation = "shock-halts")
    void failsByItself(@ScenarioRun Run run) {
        throw new AssertionError("by itself");
    }

    @Test
    void recordsNonsense(@ScenarioRun Run run) {
        run.record("{}");
    }

    @RepeatedTest(3)
    void repeats(@ScenarioRun String run) {
        RUNS.add(run);
    }

    private static String event(Run run, String type, int millis) {
        return """
        {"service": "engine", "type": "%s", "scenario_id": "%s", "occurred_at": "%s"}\
        """
                .formatted(type, run.id(), NOW.plusMillis(millis));
    }

    private static String all(String... events) {
        return "[" + String.join(",", events) + "]";
    }
}
