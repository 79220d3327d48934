package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.runs.RunState;

/**
 * Begins runs: with what was recorded of them before, and with what of that cannot be known. For
 * the one thread that judges.
 */
final class RunBeginnings {
    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final RunStates states;
    private final RunBaselines baselines;
    private final RunHistory history;

    RunBeginnings(
            VerdictStoreWriter writer,
            Expectations expectations,
            RunStates states,
            RunBaselines baselines,
            RunHistory history) {
        this.writer = writer;
        this.expectations = expectations;
        this.states = states;
        this.baselines = baselines;
        this.history = history;
    }

    /** A run of which nothing is known. */
    RunState fresh(String verdictId, Expectation version, String scenarioId) {
        RunState state =
                states.fresh(
                        verdictId,
                        version.name(),
                        version.version(),
                        scenarioId,
                        writer.position());
        if (baselines.isKnown(version.name(), scenarioId)) {
            state.unknowns().cut();
        }
        history.recall(state, version, expectations.heardFrom(version), writer.position());
        return state;
    }

    /**
     * A version comes into force again, which was not told meanwhile what began: of the runs that
     * it knows something may be missing, others are looked for in the store.
     */
    void again(Expectation version) {
        states.all().stream()
                .filter(each -> each.expectation().equals(version.name()))
                .filter(each -> each.version().equals(version.version()))
                .forEach(this::cut);
    }

    private void cut(RunState state) {
        state.unknowns().cut();
        states.put(state);
    }
}
