package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.matching.EventClock;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The causes and effects that one rule has seen lately, and which of them go together.
 *
 * <p>A pair is a link if the keys are the same, the delay is from −skew to {@code within}, where
 * skew is how much the clocks of the two may differ (nothing for events of one clock), and two
 * limits hold, so that a key that everybody shares cannot cost the square of its events: the cause
 * is among the latest {@code mostCauses} of the effect; and fewer than {@code mostEffects} effects
 * came between the cause and the effect, of those that occurred at most a {@link #reach} before it.
 * Both are facts about the set of events, so the order of arrival does not matter.
 *
 * <p>For that, an event must be remembered until everything that may go with it has come: a cause
 * for {@code within} and the allowed lateness, an effect for twice the lateness, because it may
 * count against another effect that waits for a late cause. For one thread.
 */
final class RuleState {
    private final int number;
    private final Definition<Rule> definition;
    private final Evidence evidence;
    private final ConfidenceTerms terms;
    private final LinkBounds bounds;
    private final long maxSkew;
    private final long usualSkew;
    private final RuleSide causes;
    private final RuleSide effects;
    private long crowdedOut;

    RuleState(int number, Definition<Rule> definition, LinkBounds bounds) {
        Rule rule = definition.content();
        this.number = number;
        this.definition = definition;
        this.evidence = new Evidence(Kind.RULE, rule.name());
        this.terms = ConfidenceTerms.of(rule);
        this.bounds = bounds;
        this.maxSkew = bounds.maxSkew();
        this.usualSkew = bounds.clockSkew().usual().toNanos();
        long slack = 6 * maxSkew;
        long whole = rule.within().toNanos() + bounds.lateness() + slack;
        this.causes = new RuleSide(this, true, whole);
        this.effects = new RuleSide(this, false, Math.min(whole, 2 * bounds.lateness() + slack));
    }

    int number() {
        return number;
    }

    Definition<Rule> definition() {
        return definition;
    }

    Rule rule() {
        return definition.content();
    }

    Evidence evidence() {
        return evidence;
    }

    RuleSide side(boolean cause) {
        return cause ? causes : effects;
    }

    /** How many times a cause was left out because too many effects came before, since asked. */
    long takeCrowdedOut() {
        long count = crowdedOut;
        crowdedOut = 0;
        return count;
    }

    void expire(long now, Consumer<Pending> release) {
        causes.expire(now, release);
        effects.expire(now, release);
    }

    void clear(Consumer<Pending> release) {
        causes.clear(release);
        effects.clear(release);
    }

    /**
     * Effects of one join key, one behind the other in time.
     *
     * @param from the place of the first
     * @param to the place behind the last
     */
    record Stretch(TimeOrderedEvents run, int from, int to) {}

    /** The effects whose causes a new sighting may have changed. */
    Stretch touched(RuleMatch match) {
        TimeOrderedEvents run = effects.run(match.join());
        return match.side().isCause()
                ? touchedByCause(run, match.event())
                : touchedByEffect(run, run.before(match.event()));
    }

    private Stretch touchedByCause(TimeOrderedEvents run, PendingEvent cause) {
        int from = run.before(plus(cause.at(), -maxSkew));
        int to = run.before(plus(cause.at(), plus(rule().within().toNanos(), 1)));
        return new Stretch(run, from, Math.min(to, from + bounds.maxEffects()));
    }

    /** Itself; and those behind it, if it may be one too many before them. */
    private Stretch touchedByEffect(TimeOrderedEvents run, int place) {
        int behind = Math.min(run.size(), place + bounds.maxEffects() + 1);
        int before = Math.max(0, place - bounds.maxEffects());
        if (behind - before <= bounds.maxEffects()) {
            return new Stretch(run, place, place + 1);
        }
        long at = run.get(place).at();
        int first = Math.max(before, run.before(plus(at, -reach())));
        int last = Math.min(behind, run.before(plus(at, reach() + 1)));
        return new Stretch(run, place, last - first > bounds.maxEffects() ? last : place + 1);
    }

    /**
     * Says for each of a stretch of effects which causes it has.
     *
     * @param join what they share
     * @param known what was known before
     */
    void resolve(
            Stretch stretch, long join, Function<PendingEvent, CauseSet> known, Resolved then) {
        for (int i = stretch.from(); i < stretch.to(); i++) {
            PendingEvent effect = stretch.run().get(i);
            int last = i - bounds.maxEffects();
            boolean crowded =
                    last >= 0 && stretch.run().get(last).at() >= plus(effect.at(), -reach());
            OptionalLong horizon =
                    crowded ? OptionalLong.of(stretch.run().get(last).at()) : OptionalLong.empty();
            then.resolved(effect, causes(effect, causes.run(join), horizon, known.apply(effect)));
        }
    }

    /** Is told what was found. */
    @FunctionalInterface
    interface Resolved {
        void resolved(PendingEvent effect, CauseSet causes);
    }

    private CauseSet causes(
            PendingEvent effect, TimeOrderedEvents run, OptionalLong horizon, CauseSet known) {
        long earliest = plus(effect.at(), -rule().within().toNanos());
        long behind = plus(effect.at(), plus(maxSkew, 1));
        List<Cause> found = new ArrayList<>(1);
        boolean cut = false;
        for (int i = run.before(behind) - 1; i >= 0 && run.get(i).at() >= earliest; i--) {
            PendingEvent cause = run.get(i);
            if (horizon.isPresent() && plus(cause.at(), -maxSkew) <= horizon.getAsLong()) {
                crowdedOut++;
                break;
            }
            if (cause == effect || cause.at() > plus(effect.at(), skew(cause, effect))) {
                continue;
            }
            if (found.size() == bounds.maxCauses()) {
                cut = true;
                break;
            }
            found.add(cause.asCause());
        }
        for (Cause before : known.causes()) {
            if (!found.contains(before) && isForgotten(before, run)) {
                cut |= known.cut();
                found.add(before);
            }
        }
        if (found.size() > bounds.maxCauses()) {
            cut = true;
            found.sort(Cause.ORDER.reversed());
            found = found.subList(0, bounds.maxCauses());
        }
        return new CauseSet(terms, cut, found);
    }

    /** What is no longer remembered cannot be found again, and stays. */
    private static boolean isForgotten(Cause cause, TimeOrderedEvents run) {
        return !run.has(new PendingEvent(cause.position(), cause.at(), 0, cause.id()));
    }

    /** By how much the clocks of two events may differ, in nanoseconds. */
    private long skew(PendingEvent one, PendingEvent other) {
        EventClock clock = one.clock();
        EventClock otherClock = other.clock();
        if (clock == null || otherClock == null) {
            return usualSkew;
        }
        return bounds.clockSkew().of(clock, otherClock).toNanos();
    }

    /** How far back effects count as one burst. */
    private long reach() {
        return bounds.lateness() + 2 * maxSkew;
    }

    private static long plus(long time, long nanos) {
        long sum = time + nanos;
        boolean overflow = ((time ^ sum) & (nanos ^ sum)) < 0;
        return overflow ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
