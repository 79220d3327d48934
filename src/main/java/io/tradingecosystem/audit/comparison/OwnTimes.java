package io.tradingecosystem.audit.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The own times of spans: a span's duration without the time in which a span within it ran. What
 * runs at once counts once, and what runs on behind the span's end does not count. The own time of
 * a call is its way to the service that it calls and back, and goes to that service.
 */
final class OwnTimes {
    private final SpanTree tree;

    OwnTimes(SpanTree tree) {
        this.tree = tree;
    }

    /**
     * An own time.
     *
     * @param service whose time it is
     * @param step the span's kind
     * @param nanos how long
     */
    record OwnTime(String service, Step step, long nanos) {}

    /** The own times of all spans among some facts, in their order. */
    List<OwnTime> of(List<Fact> facts) {
        List<OwnTime> times = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.isSpan()) {
                times.add(new OwnTime(owner(fact), fact.step(), nanos(fact)));
            }
        }
        return times;
    }

    /** Whose time a span's own time is. */
    private String owner(Fact span) {
        return tree.callee(span).orElse(span.service());
    }

    /** A span's duration without the union of those within it. */
    long nanos(Fact span) {
        List<Fact> within =
                tree.children(span).stream()
                        .filter(Fact::isSpan)
                        .sorted(Comparator.comparingLong(Fact::at))
                        .toList();
        long covered = 0;
        long until = span.at();
        for (Fact child : within) {
            long from = Math.max(child.at(), until);
            long to = Math.min(child.end(), span.end());
            if (to > from) {
                covered += to - from;
                until = to;
            }
        }
        return span.duration() - covered;
    }
}
