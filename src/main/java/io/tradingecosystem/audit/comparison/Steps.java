package io.tradingecosystem.audit.comparison;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of event is in a run, and when for the first time. */
final class Steps {
    private Steps() {}

    /**
     * A kind of event in a run.
     *
     * @param count how often, from 1
     * @param first nanoseconds from the anchor to the first
     */
    record Seen(int count, long first) {
        Seen and(Seen later) {
            return new Seen(count + later.count, Math.min(first, later.first));
        }
    }

    static Map<Step, Seen> of(List<Fact> facts) {
        Map<Step, Seen> seen = new TreeMap<>();
        for (Fact fact : facts) {
            seen.merge(fact.step(), new Seen(1, fact.at()), Seen::and);
        }
        return seen;
    }
}
