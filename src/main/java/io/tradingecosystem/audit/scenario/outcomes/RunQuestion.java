package io.tradingecosystem.audit.scenario.outcomes;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked of a run. Immutable.
 *
 * @param run its scenario_id
 * @param expectations which must have passed; empty means all in force that are of the run's kind
 * @param scenario the run's kind; absent means that of the expectations whose trigger occurred
 * @param since the newest trigger of each expectation must be recorded at this time or later;
 *     absent for any time
 * @param allFinal whether nothing is settled before each verdict is final, though one has failed
 */
public record RunQuestion(
        String run,
        Set<String> expectations,
        Optional<String> scenario,
        Optional<Instant> since,
        boolean allFinal) {
    public RunQuestion {
        expectations = Collections.unmodifiableSet(new TreeSet<>(expectations));
    }
}
