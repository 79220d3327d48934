package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Judges what is stored by expectations that are not in force, and writes nothing. Few are tried at
 * a time, as each has the events that it is tried on in memory. Thread-safe.
 */
public final class ExpectationTrials {
    private static final int MAX_AT_ONCE = 2;
    private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(5);

    private final EventIndex index;
    private final VerdictSetup setup;
    private final ExpectationWarnings warnings;
    private final Time time;
    private final Semaphore turns = new Semaphore(MAX_AT_ONCE, true);

    ExpectationTrials(
            EventIndex index, VerdictSetup setup, ExpectationWarnings warnings, Time time) {
        this.index = index;
        this.setup = setup;
        this.warnings = warnings;
        this.time = time;
    }

    /**
     * What it would have said.
     *
     * @param warnings what is allowed in it, but hardly meant, a sentence each
     * @param outcome the verdicts, by trigger, and what is left out
     * @param history what it was judged by
     */
    public record Answer(
            Definition<Expectation> definition,
            List<String> warnings,
            Outcome outcome,
            TrialHistory history) {

        /**
         * FAILED if any failed, else INCONCLUSIVE if any is not certain, no trigger occurred, or
         * not all was read, else PASSED.
         */
        public Status status() {
            return outcome.status() == Status.PASSED && !outcome.incomplete().isEmpty()
                    ? Status.INCONCLUSIVE
                    : outcome.status();
        }
    }

    /**
     * Reads one expectation.
     *
     * @throws InvalidDefinitionException naming every problem
     */
    Definition<Expectation> read(String text) {
        List<Definition<Expectation>> read = setup.kind().read("definition", text, Definition.API);
        if (read.size() != 1) {
            throw new InvalidDefinitionException(
                    List.of("definition: has " + read.size() + " expectations; put one at a time"));
        }
        return read.getFirst();
    }

    /**
     * Tries a definition.
     *
     * @throws InvalidDefinitionException naming every problem of the definition
     * @throws InvalidQuestionException if it is of runs, and no whole run is asked for
     * @throws TooManyTrialsException if its turn did not come
     */
    public Answer judge(TrialQuestion question) {
        Definition<Expectation> definition = read(question.text());
        if (definition.content().run().isPresent()) {
            requireRun(question);
        }
        await();
        try {
            return judge(definition, question);
        } finally {
            turns.release();
        }
    }

    /** Some of a run would be judged as if it were all of it. */
    private static void requireRun(TrialQuestion question) {
        boolean isAll =
                question.from().equals(Selection.BEGINNING) && question.to().equals(Selection.END);
        if (question.scenarioId().isEmpty() || !isAll) {
            throw new InvalidQuestionException(
                    "An expectation of runs is tried on a whole run: with scenario_id, and without"
                            + " from and to.");
        }
    }

    private Answer judge(Definition<Expectation> definition, TrialQuestion question) {
        Instant now = time.now();
        TrialHistory history =
                TrialHistory.read(index, definition.content(), question, setup.tolerances(), now);
        Outcome outcome =
                OfflineVerdicts.tried(
                        definition,
                        history.events(),
                        setup.tolerances(),
                        history.unknown(),
                        history.isCut() ? Instant.MAX : now);
        List<Verdict> asked = outcome.verdicts().stream().filter(history::isAsked).toList();
        return new Answer(
                definition,
                warnings.of(definition),
                Outcome.tried(asked, history.incomplete()),
                history);
    }

    private void await() {
        try {
            if (!turns.tryAcquire(MAX_WAIT, TimeUnit.NANOSECONDS)) {
                throw new TooManyTrialsException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyTrialsException();
        }
    }
}
