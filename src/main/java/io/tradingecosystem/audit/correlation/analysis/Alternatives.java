package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.correlation.links.Link;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Picks other causes that could explain an event, and counts what it leaves out. For one thread.
 */
final class Alternatives {
    private static final int MAX = 8;

    private long leftOut;

    /**
     * The best link from each cause but one.
     *
     * @param causes all links towards an event, the best first
     * @param explainedBy the cause that is told anyway; the best one if empty
     */
    List<Link> of(List<Link> causes, Optional<String> explainedBy) {
        if (causes.size() < 2) {
            return List.of();
        }
        Set<String> reported = new HashSet<>();
        reported.add(explainedBy.orElseGet(() -> causes.getFirst().causeId()));
        List<Link> others = causes.stream().filter(link -> reported.add(link.causeId())).toList();
        leftOut += Math.max(0, others.size() - MAX);
        return others.stream().limit(MAX).toList();
    }

    /** How many there were more. */
    long leftOut() {
        return leftOut;
    }
}
