package io.tradingecosystem.audit.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Which instance to call: of two drawn at random the one with fewer calls in flight, after
 * Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001). Thread-safe if the
 * generator is.
 */
final class LoadBalancer {
    private final RandomGenerator random;

    LoadBalancer(RandomGenerator random) {
        this.random = random;
    }

    /**
     * One of those that let a call through: if possible one that this call has not tried, and of
     * these one that has not stepped out. Whoever is the last is chosen, stepped out or not.
     */
    <C extends Candidate> Optional<C> among(List<C> all, Collection<C> tried) {
        if (all.size() == 1) {
            return Optional.of(all.getFirst()).filter(Candidate::admits);
        }
        List<C> willing = those(all, Candidate::admits);
        List<C> fresh = orElse(those(willing, each -> !tried.contains(each)), willing);
        return ofTwo(orElse(those(fresh, each -> !each.steppedOut()), fresh));
    }

    private <C extends Candidate> Optional<C> ofTwo(List<C> candidates) {
        int count = candidates.size();
        if (count < 2) {
            return candidates.stream().findFirst();
        }
        int one = random.nextInt(count);
        int other = (one + 1 + random.nextInt(count - 1)) % count;
        C first = candidates.get(one);
        C second = candidates.get(other);
        return Optional.of(second.inFlight() < first.inFlight() ? second : first);
    }

    private static <C> List<C> those(List<C> all, Predicate<C> wanted) {
        List<C> some = new ArrayList<>(all.size());
        for (C each : all) {
            if (wanted.test(each)) {
                some.add(each);
            }
        }
        return some;
    }

    private static <C> List<C> orElse(List<C> some, List<C> others) {
        return some.isEmpty() ? others : some;
    }

    /** One that may be chosen. */
    interface Candidate {
        /** Whether its breaker would let a call through. */
        boolean admits();

        /** Whether it is to be chosen last. */
        boolean steppedOut();

        /** The calls that it is working on for us. */
        int inFlight();
    }
}
