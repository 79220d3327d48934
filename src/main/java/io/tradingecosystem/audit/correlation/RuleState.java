package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.Confidence.Terms;
import io.tradingecosystem.audit.correlation.Dossier.Cause;
import io.tradingecosystem.audit.correlation.Dossier.Causes;
import io.tradingecosystem.audit.correlation.Dossier.Way;
import io.tradingecosystem.audit.correlation.Link.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The causes and effects that one rule has seen lately, and which of them go together.
 *
 * <p>A pair is a link if the keys are the same, the delay is from −skew to {@code within}, and two
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
    private final RuleDefinition definition;
    private final Way way;
    private final Terms terms;
    private final LinkBounds bounds;
    private final NavigableSet<Sighting> causes = new TreeSet<>(Sighting.ORDER);
    private final NavigableSet<Sighting> effects = new TreeSet<>(Sighting.ORDER);
    private final Held heldCauses;
    private final Held heldEffects;
    private long crowdedOut;

    RuleState(int number, RuleDefinition definition, LinkBounds bounds) {
        Rule rule = definition.rule();
        this.number = number;
        this.definition = definition;
        this.way = new Way(Kind.RULE, rule.name());
        this.terms = Terms.of(rule);
        this.bounds = bounds;
        long slack = 6 * bounds.skew();
        long whole = rule.within().toNanos() + bounds.lateness() + slack;
        this.heldCauses = new Held(whole);
        this.heldEffects = new Held(Math.min(whole, 2 * bounds.lateness() + slack));
    }

    int number() {
        return number;
    }

    RuleDefinition definition() {
        return definition;
    }

    Rule rule() {
        return definition.rule();
    }

    Way way() {
        return way;
    }

    /** How many times a cause was left out because too many effects came before, since asked. */
    long takeCrowdedOut() {
        long count = crowdedOut;
        crowdedOut = 0;
        return count;
    }

    void add(Sighting sighting) {
        (sighting.isCause() ? causes : effects).add(sighting);
        (sighting.isCause() ? heldCauses : heldEffects).add(sighting);
    }

    void remove(Sighting sighting) {
        (sighting.isCause() ? causes : effects).remove(sighting);
    }

    void expire(long now, Consumer<Role> release) {
        heldCauses.expire(now, release);
        heldEffects.expire(now, release);
    }

    void clear(Consumer<Role> release) {
        heldCauses.clear(release);
        heldEffects.clear(release);
    }

    /** The effects whose causes a new sighting may have changed, one behind the other in time. */
    List<Sighting> touched(Sighting sighting) {
        return sighting.isCause() ? touchedByCause(sighting) : touchedByEffect(sighting);
    }

    private List<Sighting> touchedByCause(Sighting cause) {
        long from = plus(cause.at(), -bounds.skew());
        long to = plus(cause.at(), rule().within().toNanos());
        return atMost(bounds.mostEffects(), between(effects, cause.join(), from, to));
    }

    /** Itself; and those behind it, if it may be one too many before them. */
    private List<Sighting> touchedByEffect(Sighting effect) {
        if (isApart(effects.higher(effect), effect)) {
            return List.of(effect);
        }
        List<Sighting> before = before(effect);
        Sighting last = probe(effect.join(), plus(effect.at(), reach() + 1));
        List<Sighting> from =
                atMost(bounds.mostEffects() + 1, effects.subSet(effect, true, last, false));
        return before.size() + from.size() > bounds.mostEffects() ? from : List.of(effect);
    }

    private static boolean isApart(@Nullable Sighting neighbour, Sighting effect) {
        return neighbour == null || neighbour.join() != effect.join();
    }

    private static List<Sighting> atMost(int most, NavigableSet<Sighting> sightings) {
        List<Sighting> first = new ArrayList<>(1);
        for (Sighting each : sightings) {
            if (first.size() == most) {
                break;
            }
            first.add(each);
        }
        return first;
    }

    /**
     * Says for each of a run of effects which causes it has.
     *
     * @param run one behind the other in time
     * @param known what was known before
     */
    void resolve(List<Sighting> run, Function<Sighting, Causes> known, Resolved then) {
        if (run.isEmpty()) {
            return;
        }
        List<Sighting> before = before(run.getFirst());
        int first = before.size();
        List<Sighting> line = new ArrayList<>(first + run.size());
        line.addAll(before);
        line.addAll(run);
        for (int i = first; i < line.size(); i++) {
            Sighting effect = line.get(i);
            int last = i - bounds.mostEffects();
            boolean crowded = last >= 0 && line.get(last).at() >= plus(effect.at(), -reach());
            OptionalLong horizon =
                    crowded ? OptionalLong.of(line.get(last).at()) : OptionalLong.empty();
            Causes now = causes(effect, horizon, known.apply(effect));
            then.resolved(effect, now);
        }
    }

    /** Is told what was found. */
    @FunctionalInterface
    interface Resolved {
        void resolved(Sighting effect, Causes causes);
    }

    /** The effects before one that may count against it, the earliest first. */
    private List<Sighting> before(Sighting effect) {
        if (isApart(effects.lower(effect), effect)) {
            return List.of();
        }
        List<Sighting> before = new ArrayList<>();
        NavigableSet<Sighting> reachable =
                effects.subSet(
                        probe(effect.join(), plus(effect.at(), -reach())), true, effect, false);
        for (Sighting each : reachable.descendingSet()) {
            if (before.size() == bounds.mostEffects()) {
                break;
            }
            before.add(each);
        }
        return before.reversed();
    }

    private Causes causes(Sighting effect, OptionalLong horizon, Causes known) {
        long earliest = plus(effect.at(), -rule().within().toNanos());
        long latest = plus(effect.at(), bounds.skew());
        List<Cause> found = new ArrayList<>(1);
        boolean cut = false;
        for (Sighting cause : between(causes, effect.join(), earliest, latest).descendingSet()) {
            if (horizon.isPresent() && plus(cause.at(), -bounds.skew()) <= horizon.getAsLong()) {
                crowdedOut++;
                break;
            }
            if (found.size() == bounds.mostCauses()) {
                cut = true;
                break;
            }
            if (cause.event() != effect.event()) {
                found.add(cause.event().asCause());
            }
        }
        for (Cause before : known.causes()) {
            if (!found.contains(before) && isForgotten(before, effect.join())) {
                cut |= known.cut();
                found.add(before);
            }
        }
        if (found.size() > bounds.mostCauses()) {
            cut = true;
            found.sort(Cause.ORDER.reversed());
            found = found.subList(0, bounds.mostCauses());
        }
        return new Causes(terms, cut, found);
    }

    /** What is no longer remembered cannot be found again, and stays. */
    private boolean isForgotten(Cause cause, long join) {
        Remembered event = new Remembered(cause.position(), cause.at(), 0, cause.id());
        return !causes.contains(new Sighting(event, this, true, join));
    }

    private NavigableSet<Sighting> between(
            NavigableSet<Sighting> all, long join, long from, long to) {
        return all.subSet(probe(join, from), true, probe(join, plus(to, 1)), false);
    }

    /** Sorts before every sighting with a key and time: no id is shorter than none. */
    private Sighting probe(long join, long at) {
        return new Sighting(new Remembered(0, at, 0, ""), this, true, join);
    }

    /** How far back effects count as one burst. */
    private long reach() {
        return bounds.lateness() + 2 * bounds.skew();
    }

    private static long plus(long time, long nanos) {
        long sum = time + nanos;
        boolean overflow = ((time ^ sum) & (nanos ^ sum)) < 0;
        return overflow ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
