package io.tradingecosystem.audit.comparison;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who does more or less than before, told by events that are within no span. What comes less often
 * together with its usual cause is explained by that one, and what comes more often too.
 */
final class StepChanges {
    private StepChanges() {}

    static Map<String, Change> of(Sample run, Sample baseline) {
        Map<Step, Long> own = counts(run);
        Map<Step, Long> other = counts(baseline);
        Map<Step, Step> causes = usualCauses(baseline);
        usualCauses(run).forEach(causes::putIfAbsent);
        TreeSet<Step> steps = new TreeSet<>(own.keySet());
        steps.addAll(other.keySet());
        Map<String, Change> changes = new TreeMap<>();
        for (Step step : steps) {
            long now = own.getOrDefault(step, 0L);
            long was = other.getOrDefault(step, 0L);
            if (now != was && !isExplained(step, now < was, causes, own, other)) {
                changes.merge(step.service(), change(step, now, was), Change::greater);
            }
        }
        return changes;
    }

    private static Change change(Step step, long now, long was) {
        double size = Math.abs(Rates.distance(now, 1, was, 1));
        return new Change(size, "%s %d times; before %d times".formatted(step, now, was));
    }

    /** Whether a step before it, as far back as causes go, changed in the same direction. */
    private static boolean isExplained(
            Step step,
            boolean less,
            Map<Step, Step> causes,
            Map<Step, Long> own,
            Map<Step, Long> other) {
        Set<Step> seen = new HashSet<>();
        Optional<Step> cause = Optional.ofNullable(causes.get(step));
        while (cause.isPresent() && seen.add(cause.get())) {
            long now = own.getOrDefault(cause.get(), 0L);
            long was = other.getOrDefault(cause.get(), 0L);
            if (!cause.get().equals(step) && now != was && (now < was) == less) {
                return true;
            }
            cause = Optional.ofNullable(causes.get(cause.get()));
        }
        return false;
    }

    private static Map<Step, Long> counts(Sample sample) {
        Map<Step, Long> counts = new TreeMap<>();
        for (Fact fact : sample.facts()) {
            if (!fact.isSpan() && sample.parent(fact).isEmpty()) {
                counts.merge(fact.step(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** The kind of event that most often is the best cause of a kind. */
    private static Map<Step, Step> usualCauses(Sample sample) {
        Map<Step, Map<Step, Long>> all = new HashMap<>();
        for (Run.Hop hop : sample.hops()) {
            if (hop.best() && hop.cause().isPresent()) {
                all.computeIfAbsent(hop.effect(), step -> new TreeMap<>())
                        .merge(hop.cause().get(), 1L, Long::sum);
            }
        }
        Map<Step, Step> usual = new HashMap<>();
        all.forEach(
                (effect, counted) ->
                        counted.entrySet().stream()
                                .max(
                                        Map.Entry.<Step, Long>comparingByValue()
                                                .thenComparing(
                                                        Map.Entry.<Step, Long>comparingByKey()
                                                                .reversed()))
                                .ifPresent(most -> usual.put(effect, most.getKey())));
        return usual;
    }
}
