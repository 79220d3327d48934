package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.runs.Closing;
import io.tradingecosystem.audit.scenario.runs.RunState;

import java.time.Duration;
import java.time.Instant;

/**
 * When windows ended, by which final verdicts go: a window when its last part did, a run when it
 * was over, and none before what it is made of was recorded. No timer and no gap has a say, which
 * replay may meet at another moment. For the one thread that judges.
 */
record WindowEnds(Expectations expectations, RunStates states) {

    /** When a window that is final ended; of an expectation that nobody can read, its beginning. */
    Instant of(Window window) {
        return expectations
                .version(window.expectation(), window.expectationVersion())
                .map(expectation -> of(window, expectation))
                .orElseGet(() -> behind(window.occurrence(), Duration.ZERO));
    }

    private Instant of(Window window, Expectation expectation) {
        return switch (window.role()) {
            case TRIGGER, MEMBER -> behind(window.occurrence(), expectation.within());
            case RUN ->
                    states.find(window.verdictId())
                            .filter(state -> state.first().isPresent())
                            .map(state -> closing(state, expectation).due())
                            .orElseGet(() -> behind(window.occurrence(), Duration.ZERO));
        };
    }

    private static Closing closing(RunState state, Expectation expectation) {
        return Closing.of(state, expectation.run().orElseThrow(), Duration.ZERO);
    }

    private static Instant behind(Occurrence trigger, Duration within) {
        return Deadlines.later(trigger.at().plus(within), trigger.recordedAt());
    }
}
