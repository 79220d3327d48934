package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.matching.EventClock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the causes of an effect among the events that share its join key: the latest up to the
 * effect, and, if these are fewer than are kept, the next behind it that its clock and theirs allow
 * to have come before. {@link RuleState} says which limits hold. For one thread.
 */
final class CauseSearch {
    private final LinkBounds bounds;
    private final ConfidenceTerms terms;
    private final long within;
    private final long maxSkew;
    private final long usualSkew;
    private final long reach;
    private long crowdedOut;

    CauseSearch(Rule rule, LinkBounds bounds) {
        this.bounds = bounds;
        this.terms = ConfidenceTerms.of(rule);
        this.within = rule.within().toNanos();
        this.maxSkew = bounds.maxSkew();
        this.usualSkew = bounds.clockSkew().usual().toNanos();
        this.reach = bounds.lateness() + 2 * maxSkew;
    }

    /** How far back effects count as one burst, in nanoseconds. */
    long reach() {
        return reach;
    }

    /** How many times a cause was left out because too many effects came between, up to now. */
    long crowdedOut() {
        return crowdedOut;
    }

    /** How many times a cause was left out because too many effects came between, since asked. */
    long takeCrowdedOut() {
        long count = crowdedOut;
        crowdedOut = 0;
        return count;
    }

    /**
     * The causes of an effect.
     *
     * @param causes that may be, and all others with the join key
     * @param effects with the join key
     * @param place of the effect among these
     * @param known what was known before
     */
    CauseSet causes(
            TimeOrderedEvents causes, TimeOrderedEvents effects, int place, CauseSet known) {
        PendingEvent effect = effects.get(place);
        List<Cause> found = new ArrayList<>(1);
        boolean cut = addBefore(causes, effect, crowdBefore(effects, place), found);
        cut = cut || addBehind(causes, effect, crowdBehind(effects, place), found);
        for (Cause before : known.causes()) {
            if (!contains(found, before) && isForgotten(before, causes)) {
                cut |= known.cut();
                found.add(before);
            }
        }
        if (found.size() > bounds.maxCauses()) {
            cut = true;
            found.sort(nearestFirst(effect.at()));
            found = found.subList(0, bounds.maxCauses());
        }
        return new CauseSet(terms, cut, found);
    }

    /** Whether causes behind an effect can change which it has: more before it than are kept. */
    boolean hasRoom(TimeOrderedEvents causes, TimeOrderedEvents effects, int place) {
        PendingEvent effect = effects.get(place);
        // One of them may be the effect itself.
        int last = causes.before(plus(effect.at(), 1)) - bounds.maxCauses() - 2;
        return last < 0
                || causes.get(last).at() < plus(effect.at(), -within)
                || causes.get(last).at() <= crowdBefore(effects, place);
    }

    /** Adds the latest up to the effect; whether there are more than are kept. */
    private boolean addBefore(
            TimeOrderedEvents causes, PendingEvent effect, long crowd, List<Cause> found) {
        long earliest = plus(effect.at(), -within);
        int last = causes.before(plus(effect.at(), 1)) - 1;
        for (int i = last; i >= 0 && causes.get(i).at() >= earliest; i--) {
            PendingEvent cause = causes.get(i);
            if (cause == effect) {
                continue;
            }
            if (cause.at() <= crowd) {
                crowdedOut++;
                return false;
            }
            if (found.size() == bounds.maxCauses()) {
                return true;
            }
            found.add(cause.asCause());
        }
        return false;
    }

    /** Adds the next behind the effect; whether there are, or may be, more than are kept. */
    private boolean addBehind(
            TimeOrderedEvents causes, PendingEvent effect, long crowd, List<Cause> found) {
        long latest = plus(effect.at(), maxSkew);
        int first = causes.before(plus(effect.at(), 1));
        for (int i = first; i < causes.size() && causes.get(i).at() <= latest; i++) {
            PendingEvent cause = causes.get(i);
            if (i - first == bounds.maxEffects()) {
                return true;
            }
            if (cause.at() > plus(effect.at(), skew(cause, effect))) {
                continue;
            }
            if (cause.at() > crowd) {
                crowdedOut++;
                return false;
            }
            if (found.size() == bounds.maxCauses()) {
                return true;
            }
            found.add(cause.asCause());
        }
        return false;
    }

    /** A cause up to here has too many effects between itself and the effect. */
    private long crowdBefore(TimeOrderedEvents effects, int place) {
        int last = place - bounds.maxEffects();
        boolean crowded =
                last >= 0 && effects.get(last).at() >= plus(effects.get(place).at(), -reach);
        return crowded ? effects.get(last).at() : Long.MIN_VALUE;
    }

    /** A cause behind here has too many effects between the effect and itself. */
    private long crowdBehind(TimeOrderedEvents effects, int place) {
        int next = place + bounds.maxEffects();
        return next < effects.size() ? effects.get(next).at() : Long.MAX_VALUE;
    }

    private static boolean contains(List<Cause> found, Cause cause) {
        for (Cause each : found) {
            if (each.position() == cause.position()) {
                return true;
            }
        }
        return false;
    }

    /** What is no longer remembered cannot be found again, and stays. */
    private static boolean isForgotten(Cause cause, TimeOrderedEvents causes) {
        return !causes.has(new PendingEvent(cause.position(), cause.at(), 0, cause.id()));
    }

    /** Those up to the effect, the latest first, then those behind it. */
    private static Comparator<Cause> nearestFirst(long effectAt) {
        Comparator<Cause> latestFirst = Cause.ORDER.reversed();
        return (one, other) -> {
            boolean behind = one.at() > effectAt;
            if (behind != other.at() > effectAt) {
                return behind ? 1 : -1;
            }
            return behind ? Cause.ORDER.compare(one, other) : latestFirst.compare(one, other);
        };
    }

    /** By how much the clocks of two events may differ, in nanoseconds. */
    private long skew(PendingEvent one, PendingEvent other) {
        EventClock clock = one.clock();
        EventClock otherClock = other.clock();
        return clock == null || otherClock == null
                ? usualSkew
                : bounds.clockSkew().of(clock, otherClock).toNanos();
    }

    /** The sum, or what comes nearest to it. */
    static long plus(long time, long nanos) {
        long sum = time + nanos;
        boolean overflow = ((time ^ sum) & (nanos ^ sum)) < 0;
        return overflow ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
