package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.comparison.OwnTimes.OwnTime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts that are compared with others, and what is made of them once. */
final class Sample {
    private final List<Fact> facts;
    private final List<Run.Hop> hops;
    private final SpanTree tree;
    private final List<OwnTime> ownTimes;

    Sample(List<Fact> facts, List<Run.Hop> hops) {
        this.facts = facts;
        this.hops = hops;
        this.tree = SpanTree.of(facts);
        this.ownTimes = new OwnTimes(tree).of(facts);
    }

    static Sample of(Run run) {
        return new Sample(run.facts(), run.delays());
    }

    /** Several as one. */
    static Sample together(List<Sample> samples) {
        if (samples.size() == 1) {
            return samples.getFirst();
        }
        List<Fact> facts = new ArrayList<>();
        List<Run.Hop> hops = new ArrayList<>();
        samples.forEach(each -> facts.addAll(each.facts));
        samples.forEach(each -> hops.addAll(each.hops));
        return new Sample(facts, hops);
    }

    List<Fact> facts() {
        return facts;
    }

    List<Run.Hop> hops() {
        return hops;
    }

    List<OwnTime> ownTimes() {
        return ownTimes;
    }

    /** The span around a fact, if it is among these. */
    Optional<Fact> parent(Fact fact) {
        return tree.parent(fact);
    }

    /** How many traces there are. */
    int traces() {
        return numbers().size();
    }

    /** Every other trace, from the first or the second on; facts without a trace are in neither. */
    Sample half(int which) {
        Map<String, Integer> numbers = numbers();
        List<Fact> half = new ArrayList<>();
        for (Fact fact : facts) {
            if (!fact.traceId().isEmpty() && numbers.getOrDefault(fact.traceId(), 0) % 2 == which) {
                half.add(fact);
            }
        }
        return new Sample(half, List.of());
    }

    private Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (!fact.traceId().isEmpty()) {
                numbers.putIfAbsent(fact.traceId(), numbers.size());
            }
        }
        return numbers;
    }

    /** The spans within which, at any depth, another service failed. */
    Set<String> spansOverErrors() {
        Set<String> over = new HashSet<>();
        for (Fact fact : facts) {
            if (fact.isError()) {
                markAbove(fact, over);
            }
        }
        return over;
    }

    private void markAbove(Fact error, Set<String> over) {
        Optional<Fact> above = tree.parent(error);
        // A span may be within itself by way of others, in a trace that somebody made up.
        Set<String> seen = new HashSet<>();
        while (above.isPresent() && seen.add(above.get().span())) {
            if (!above.get().service().equals(error.service())) {
                over.add(above.get().span());
            }
            above = tree.parent(above.get());
        }
    }
}
