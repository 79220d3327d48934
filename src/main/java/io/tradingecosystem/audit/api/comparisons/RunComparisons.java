package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Comparisons;
import io.tradingecosystem.audit.comparison.Run;
import io.tradingecosystem.audit.projection.Progress;

import java.util.List;
import java.util.function.Supplier;

/**
 * What both doors ask. Thread-safe.
 *
 * @param comparisons compares
 * @param verdicts how far verdicts have come
 * @param links how far links have come
 */
public record RunComparisons(
        Comparisons comparisons, Supplier<Progress> verdicts, Supplier<Progress> links) {

    /**
     * An answer.
     *
     * @param verdicts how far verdicts had come when it was begun
     * @param links how far links had
     */
    record Answer(Comparison comparison, Progress verdicts, Progress links) {}

    /**
     * Compares.
     *
     * @throws InvalidQuestionException if an id is empty, or there are none or too many baselines
     */
    Answer of(String run, List<String> baselines) {
        require(!run.isEmpty(), "run is the scenario_id of a run");
        require(
                !baselines.isEmpty() && baselines.size() <= Comparisons.MAX_BASELINES,
                "baseline names 1 to " + Comparisons.MAX_BASELINES + " runs");
        require(baselines.stream().noneMatch(String::isEmpty), "no scenario_id of one is empty");
        require(
                baselines.stream().distinct().count() == baselines.size(),
                "baseline names a run once");
        Progress judged = verdicts.get();
        Progress linked = links.get();
        Comparison comparison = comparisons.compare(run, baselines);
        Disclosures.items(
                comparison.run().events()
                        + comparison.baselines().stream().mapToInt(Run::events).sum());
        return new Answer(comparison, judged, linked);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidQuestionException("The comparison is not accepted: " + rule + ".");
        }
    }
}
