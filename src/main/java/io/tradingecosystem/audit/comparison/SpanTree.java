package io.tradingecosystem.audit.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which facts of a run are within which span. Of two spans with one id the first counts. */
final class SpanTree {
    private final Map<String, Fact> spans = new HashMap<>();
    private final Map<String, List<Fact>> children = new HashMap<>();

    private SpanTree(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.isSpan()) {
                spans.putIfAbsent(fact.span(), fact);
            }
        }
        for (Fact fact : facts) {
            if (!fact.parent().isEmpty() && !fact.parent().equals(fact.span())) {
                children.computeIfAbsent(fact.parent(), id -> new ArrayList<>()).add(fact);
            }
        }
    }

    static SpanTree of(List<Fact> facts) {
        return new SpanTree(facts);
    }

    /** The span around a fact, if the run has it. */
    Optional<Fact> parent(Fact fact) {
        return fact.parent().equals(fact.span())
                ? Optional.empty()
                : Optional.ofNullable(spans.get(fact.parent()));
    }

    /** What is right within a span, in the order of the run. */
    List<Fact> children(Fact span) {
        return span.isSpan() ? children.getOrDefault(span.span(), List.of()) : List.of();
    }

    /**
     * The service that a span calls: that of the first span within it which is of another service;
     * empty where it calls none that told of it.
     */
    Optional<String> callee(Fact span) {
        for (Fact child : children(span)) {
            if (child.isSpan() && !child.service().equals(span.service())) {
                return Optional.of(child.service());
            }
        }
        return Optional.empty();
    }
}
