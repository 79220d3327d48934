package io.tradingecosystem.audit.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One service leads to another in the run and in no baseline, or the other way round: by a span
 * within a span, or by a link.
 *
 * @param from the service of the cause
 * @param to the service of the effect
 * @param count how often in the run; 0 if the hop went
 * @param baselineCount how often in all its baselines together; 0 if it came
 */
public record HopChange(String from, String to, long count, long baselineCount) {

    /** Whether it is new. */
    public boolean isNew() {
        return baselineCount == 0;
    }

    /** The hops that came or went, the most frequent first. */
    static List<HopChange> of(Sample run, Sample baseline) {
        Map<Pair, Long> own = counts(run);
        Map<Pair, Long> other = counts(baseline);
        TreeSet<Pair> pairs = new TreeSet<>(own.keySet());
        pairs.addAll(other.keySet());
        List<HopChange> changes = new ArrayList<>();
        for (Pair pair : pairs) {
            long count = own.getOrDefault(pair, 0L);
            long was = other.getOrDefault(pair, 0L);
            if (count == 0 || was == 0) {
                changes.add(new HopChange(pair.from, pair.to, count, was));
            }
        }
        // The sort is stable: equal ones stay in the order of their names.
        changes.sort(
                Comparator.comparingLong(
                                (HopChange each) -> Math.max(each.count, each.baselineCount))
                        .reversed());
        return changes;
    }

    private static Map<Pair, Long> counts(Sample sample) {
        Map<Pair, Long> counts = new TreeMap<>();
        for (Fact fact : sample.facts()) {
            Optional<Fact> around = sample.parent(fact);
            around.ifPresent(span -> count(span.service(), fact.service(), counts));
        }
        for (Run.Hop hop : sample.hops()) {
            if (hop.best() && !hop.parent() && hop.cause().isPresent()) {
                count(hop.cause().get().service(), hop.effect().service(), counts);
            }
        }
        return counts;
    }

    private static void count(String from, String to, Map<Pair, Long> counts) {
        if (!from.equals(to)) {
            counts.merge(new Pair(from, to), 1L, Long::sum);
        }
    }

    private record Pair(String from, String to) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }
}
