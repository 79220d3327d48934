package io.tradingecosystem.audit.correlation;

import static io.tradingecosystem.audit.correlation.CauseSearch.plus;

import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.definition.Definition;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The causes and effects that one rule has seen lately, and which of them go together.
 *
 * <p>A pair is a link if the keys are the same, the delay is from −skew to {@code within}, where
 * skew is how much the clocks of the two may differ (nothing for events of one clock), and these
 * limits hold, so that a key that everybody shares cannot cost the square of its events:
 *
 * <ul>
 *   <li>The cause is among the first {@code maxCauses} of the effect: the latest up to the effect
 *       come first, then those behind it, the next first.
 *   <li>Fewer than {@code maxEffects} effects lie between the two; of those before the effect count
 *       only those that occurred at most a {@link CauseSearch#reach} before it.
 *   <li>A cause behind the effect is one of the next {@code maxEffects} with the key, of whatever
 *       clock.
 * </ul>
 *
 * <p>All are facts about the set of events, so the order of arrival does not matter.
 *
 * <p>For that, an event must be remembered until everything that may go with it has come: a cause
 * for {@code within} and the allowed lateness, an effect for twice the lateness, because it may
 * count against another effect that waits for a late cause. For one thread.
 */
final class RuleState {
    private final int number;
    private final Definition<Rule> definition;
    private final Evidence evidence;
    private final LinkBounds bounds;
    private final CauseSearch search;
    private final long maxSkew;
    private final RuleSide causes;
    private final RuleSide effects;
    private Optional<Cut> cut = Optional.empty();

    RuleState(int number, Definition<Rule> definition, LinkBounds bounds) {
        Rule rule = definition.content();
        this.number = number;
        this.definition = definition;
        this.evidence = new Evidence(Kind.RULE, rule.name());
        this.bounds = bounds;
        this.search = new CauseSearch(rule, bounds);
        this.maxSkew = bounds.maxSkew();
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

    /** How long after a cause an effect may occur, in nanoseconds. */
    long maxDelay() {
        return rule().within().toNanos();
    }

    /** How far back effects count as one burst, in nanoseconds. */
    long reach() {
        return search.reach();
    }

    /** How many times a cause was left out because too many effects came between, since asked. */
    long takeCrowdedOut() {
        return search.takeCrowdedOut();
    }

    /**
     * A time over which the limits left out links.
     *
     * @param since the earliest occurred_at of an event that they concern
     * @param until the latest, inclusive
     */
    record Cut(long since, long until) {
        Cut and(Cut other) {
            return new Cut(Math.min(since, other.since), Math.max(until, other.until));
        }
    }

    /** Over which time links were left out, since asked; they share a join key. */
    Optional<Cut> takeCut() {
        Optional<Cut> all = cut;
        cut = Optional.empty();
        return all;
    }

    private void cut(long since, long until) {
        Cut one = new Cut(since, until);
        cut = Optional.of(cut.map(one::and).orElse(one));
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
     * @param behind whether only causes behind them may have changed
     */
    record Stretch(TimeOrderedEvents run, int from, int to, boolean behind) {}

    /** The effects whose causes a new sighting may have changed. */
    List<Stretch> touched(RuleMatch match) {
        TimeOrderedEvents run = effects.run(match.join());
        return match.side().isCause()
                ? touchedByCause(run, match.event())
                : touchedByEffect(run, run.before(match.event()));
    }

    private List<Stretch> touchedByCause(TimeOrderedEvents run, PendingEvent cause) {
        if (run.size() == 0) {
            return List.of();
        }
        int place = run.before(cause.at());
        int from = run.before(plus(cause.at(), -maxSkew));
        int to = run.before(plus(cause.at(), plus(rule().within().toNanos(), 1)));
        if (to > place + bounds.maxEffects()) {
            cut(cause.at(), run.get(to - 1).at());
        }
        return List.of(
                new Stretch(run, Math.max(from, place - bounds.maxEffects()), place, true),
                new Stretch(run, place, Math.min(to, place + bounds.maxEffects()), false));
    }

    /** Itself; and those around it, if it may be one too many between them and a cause. */
    private List<Stretch> touchedByEffect(TimeOrderedEvents run, int place) {
        int max = bounds.maxEffects();
        if (run.size() <= max) {
            return List.of(new Stretch(run, place, place + 1, false));
        }
        long at = run.get(place).at();
        int before = Math.max(place - max, run.before(plus(at, -maxSkew)));
        return List.of(
                new Stretch(run, before, Math.min(place, run.size() - max), true),
                new Stretch(run, place, crowdedTo(run, place), false));
    }

    /** The place behind the last effect that the one at a place may be one too many before. */
    private int crowdedTo(TimeOrderedEvents run, int place) {
        int max = bounds.maxEffects();
        long at = run.get(place).at();
        int first = Math.max(place - max, run.before(plus(at, -search.reach())));
        int last = Math.min(place + max + 1, run.before(plus(at, search.reach() + 1)));
        return last - first > max ? last : place + 1;
    }

    /**
     * Says for each of a stretch of effects which causes it has.
     *
     * @param join what they share
     * @param known what was known before
     */
    void resolve(
            Stretch stretch, long join, Function<PendingEvent, CauseSet> known, Resolved then) {
        TimeOrderedEvents run = causes.run(join);
        for (int i = stretch.from(); i < stretch.to(); i++) {
            if (!stretch.behind() || search.hasRoom(run, stretch.run(), i)) {
                PendingEvent effect = stretch.run().get(i);
                long crowdedOut = search.crowdedOut();
                CauseSet found = search.causes(run, stretch.run(), i, known.apply(effect));
                if (found.cut() || search.crowdedOut() > crowdedOut) {
                    cut(plus(effect.at(), -maxDelay()), plus(effect.at(), maxSkew));
                }
                then.resolved(effect, found);
            }
        }
    }

    /** Is told what was found. */
    @FunctionalInterface
    interface Resolved {
        void resolved(PendingEvent effect, CauseSet causes);
    }
}
