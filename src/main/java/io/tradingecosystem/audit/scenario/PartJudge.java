package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out how it stands with the parts of one occurrence, in their order: what must come first is
 * known when what comes after it is looked at. It asks for events in the order of time, and stops
 * when it knows enough. For one judgement.
 */
final class PartJudge {
    /** Of what came too often, so many more are counted. */
    private static final int MAX_BEYOND = 20;

    private final Occurrence occurrence;
    private final boolean critical;
    private final boolean speaks;
    private final Deadlines deadlines;
    private final Tolerances tolerances;
    private final NearMisses misses;
    private final Instant asOf;
    private final Function<Marker, PartEvents> markers;
    private final IdentityHashMap<Part, ScopeJudge> scopes = new IdentityHashMap<>();
    private final ExcuseJudge excuses;
    private final EffectOrder order;
    private final LateBinding late;
    private final List<Effect> effects = new ArrayList<>();

    /**
     * Nothing is judged yet.
     *
     * @param markers the events that say which others count
     */
    PartJudge(
            Expectation expectation,
            Deadlines deadlines,
            NearMisses misses,
            Function<Marker, PartEvents> markers,
            Instant asOf) {
        this.occurrence = deadlines.occurrence();
        this.critical = expectation.critical();
        this.speaks = !expectation.sources().isEmpty();
        this.deadlines = deadlines;
        this.tolerances = deadlines.tolerances();
        this.misses = misses;
        this.markers = markers;
        this.asOf = asOf;
        this.excuses = new ExcuseJudge(deadlines, markers, asOf);
        this.order = new EffectOrder(occurrence.trigger(), tolerances.clockSkew());
        this.late = new LateBinding(expectation, occurrence);
    }

    /** What fulfilled an effect; empty if nothing did. */
    Optional<Fulfilment> fulfilment(String effect) {
        return order.fulfilment(effect);
    }

    /** When more will be known, before the next part is over. */
    Optional<Instant> again() {
        return scopes.values().stream()
                .flatMap(scope -> scope.again().stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * How it stands with an effect. One that is excused need not have come: what comes after it is
     * excused with it.
     */
    Finding effect(Effect effect, PartEvents events) {
        LateBinding.Late bound = late.bind(effect, events);
        effects.add(bound.effect());
        Finding finding =
                excuses.of(unexcused(bound.effect(), bound.events()), effect.scope().unless());
        order.stands(effect, finding.state());
        return finding;
    }

    /** The effects as they were judged, by what others carried that were met. */
    List<Effect> effects() {
        return effects;
    }

    /** A finding on what hangs on some effects, as it stands with the exceptions of these. */
    Finding excused(Finding finding, List<Effect> effects) {
        List<Marker> exceptions =
                effects.stream().flatMap(each -> each.scope().unless().stream()).toList();
        return excuses.by(exceptions)
                .map(by -> excuses.excused(finding, by))
                .orElseGet(() -> excuses.of(finding, exceptions));
    }

    private Finding unexcused(Effect effect, PartEvents events) {
        Findings findings = findings(effect);
        if (events.lacked().isPresent()) {
            fulfil(effect, events, new Counted(critical, 1, 1), State.UNCERTAIN);
            return findings.lacking(events.lacked().get());
        }
        int max = effect.max().orElse(Integer.MAX_VALUE - MAX_BEYOND - 1);
        boolean bounded = effect.max().isPresent();
        Counted counted =
                new Counted(
                        critical,
                        bounded ? Integer.MAX_VALUE : Math.max(1, effect.min()),
                        max + 1 + MAX_BEYOND);
        count(effect, events, counted);
        Finding finding = judged(effect, events, counted, max, findings);
        fulfil(effect, events, counted, finding.state());
        return finding;
    }

    private Finding judged(
            Effect effect, PartEvents events, Counted counted, int max, Findings findings) {
        if (counted.sure().size() > max) {
            return findings.tooMany(effect, counted, max, MAX_BEYOND);
        }
        boolean bounded = effect.max().isPresent();
        boolean enough = counted.kept().size() >= effect.min();
        if (enough && !bounded) {
            return findings.met(effect, counted);
        }
        if (!over(effect) || order.isAwaited(effect, State.OPEN)) {
            return enough ? findings.enoughSoFar(effect, counted) : findings.waiting(counted);
        }
        boolean perhaps = counted.all().size() >= effect.min();
        if (enough ? counted.all().size() > max : perhaps) {
            Optional<String> doubt = scope(effect).doubt();
            return doubt.isPresent()
                    ? findings.perhapsCounts(counted, doubt.get())
                    : findings.tooClose(effect, counted, tolerances.clockSkew());
        }
        Optional<String> unknown = unknown(effect, events, counted);
        if (enough) {
            return unknown.isPresent()
                    ? findings.uncertain(effect, counted, unknown.get())
                    : findings.met(effect, counted);
        }
        var miss = misses.nearest(effect, events, counted.all(), deadlines.due(effect));
        return unknown.isPresent()
                ? findings.perhapsMissed(effect, counted, miss, unknown.get())
                : findings.missed(effect, counted, miss);
    }

    Finding forbidden(Forbidden forbidden, PartEvents events) {
        return excuses.of(unexcused(forbidden, events), forbidden.scope().unless());
    }

    private Finding unexcused(Forbidden forbidden, PartEvents events) {
        Findings findings = findings(forbidden);
        if (events.lacked().isPresent()) {
            return findings.lacking(events.lacked().get());
        }
        Counted counted = new Counted(critical, Integer.MAX_VALUE, 1);
        count(forbidden, events, counted);
        if (!counted.sure().isEmpty()) {
            return findings.forbiddenCame(counted.sure().getFirst());
        }
        if (!over(forbidden)) {
            return findings.notYet(counted);
        }
        if (!counted.all().isEmpty()) {
            Optional<String> doubt = scope(forbidden).doubt();
            return doubt.isPresent()
                    ? findings.perhapsCounts(counted, doubt.get())
                    : findings.atTheEdge(counted, tolerances.clockSkew());
        }
        Optional<String> unknown = unknown(forbidden, events, counted);
        return unknown.isPresent() ? findings.perhapsCame(unknown.get()) : findings.didNotCome();
    }

    /** How it stands with what must become steady; that is known when the last stretch is over. */
    Finding steady(Steady steady, PartEvents events) {
        return excuses.of(unexcused(steady, events), steady.scope().unless());
    }

    private Finding unexcused(Steady steady, PartEvents events) {
        if (events.lacked().isPresent()) {
            return findings(steady).lacking(events.lacked().get());
        }
        Stretches stretches =
                Stretches.of(steady, events, occurrence.trigger(), tolerances.clockSkew());
        Optional<String> unknown = deadlines.gapIn(steady).map(Gap::clause).or(events::leftOut);
        return new SteadyJudge(steady, occurrence, deadlines, tolerances.clockSkew())
                .judge(stretches, unknown, over(steady));
    }

    private Findings findings(Part part) {
        return new Findings(occurrence, deadlines, part, scope(part).closedBy());
    }

    private ScopeJudge scope(Part part) {
        return scopes.computeIfAbsent(
                part, fresh -> new ScopeJudge(fresh, markers, deadlines, speaks, asOf));
    }

    private void count(Part part, PartEvents events, Counted counted) {
        order.before(part).ifPresent(first -> count(part, events, first, counted));
    }

    private void count(Part part, PartEvents events, List<Fulfilment> first, Counted counted) {
        long skew = Nanos.of(tolerances.clockSkew().max());
        long start = occurrence.trigger().at();
        for (Fulfilment before : first) {
            start = Math.max(start, before.event().at());
        }
        long within = Nanos.of(part.within());
        long end = Nanos.plus(Nanos.plus(occurrence.trigger().at(), within), skew);
        ScopeJudge scope = scope(part);
        events.ascending(
                Nanos.plus(start, -skew),
                Math.min(end, scope.last()),
                event ->
                        placement(event, within, first, scope)
                                .map(placement -> counted.add(event, placement))
                                .orElse(true));
    }

    private Optional<Placement> placement(
            JoinedEvent event, long within, List<Fulfilment> first, ScopeJudge scope) {
        return Placement.of(event, occurrence.trigger(), within, tolerances.clockSkew())
                .flatMap(place -> order.behind(event, first).map(place::and))
                .flatMap(place -> scope.of(event, place));
    }

    private void fulfil(Effect effect, PartEvents events, Counted counted, State state) {
        Optional<String> unknown = unknown(effect, events, counted);
        if (late.takesFrom(effect) && counted.all().size() >= effect.min()) {
            carry(effect, events, state, unknown);
        }
        int min = effect.min();
        if (min == 0) {
            Optional<JoinedEvent> surely =
                    state == State.MET ? Optional.of(occurrence.trigger()) : Optional.empty();
            order.fulfil(effect, new Fulfilment(occurrence.trigger(), surely, Optional.empty()));
        } else if (counted.kept().size() >= min) {
            boolean sure = state == State.MET && counted.sure().size() >= min;
            Optional<JoinedEvent> surely =
                    sure ? Optional.of(counted.sure().get(min - 1)) : Optional.empty();
            order.fulfil(effect, new Fulfilment(counted.kept().get(min - 1), surely, unknown));
        } else if (over(effect) && counted.all().size() >= min) {
            order.fulfil(
                    effect, new Fulfilment(counted.all().get(min - 1), Optional.empty(), unknown));
        }
    }

    /** Keeps what may have met an effect, for those that take something from it. */
    private void carry(Effect effect, PartEvents events, State state, Optional<String> unknown) {
        long within = Nanos.of(effect.within());
        long skew = Nanos.of(tolerances.clockSkew().max());
        List<Fulfilment> first = order.before(effect).orElse(List.of());
        ScopeJudge scope = scope(effect);
        long start = occurrence.trigger().at();
        MayMeet mayMeet =
                new MayMeet(
                                tolerances.clockSkew(),
                                effect.min(),
                                Nanos.plus(start, Nanos.plus(within, skew)))
                        .look(
                                events,
                                Nanos.plus(start, -skew),
                                event -> placement(event, within, first, scope));
        Optional<String> doubt = doubt(effect, state, unknown, mayMeet);
        late.met(effect, events, doubt.isPresent() ? List.of() : mayMeet.found(), doubt);
    }

    private Optional<String> doubt(
            Effect effect, State state, Optional<String> unknown, MayMeet mayMeet) {
        if (state != State.MET) {
            return Optional.of("it is not sure that it is met");
        }
        if (speaks && !over(effect)) {
            return Optional.of("who was silent is known " + Times.format(deadlines.due(effect)));
        }
        return mayMeet.isCut()
                ? Optional.of("more than " + MayMeet.MAX + " events may have met it")
                : unknown;
    }

    private Optional<String> unknown(Part part, PartEvents events, Counted counted) {
        Optional<Gap> gap =
                scope(part).closedBy().isPresent() ? Optional.empty() : deadlines.gapIn(part);
        return gap.map(Gap::clause)
                .or(events::leftOut)
                .or(
                        () ->
                                counted.isCut()
                                        ? Optional.of("more came at the edges than are looked at")
                                        : Optional.empty());
    }

    /** The same, also for what must have come first and cannot be told. */
    private Optional<String> unknown(Effect effect, PartEvents events, Counted counted) {
        Optional<String> own = unknown((Part) effect, events, counted);
        return own.isEmpty() && order.isAwaited(effect, State.UNCERTAIN)
                ? Optional.of("what it comes after cannot be told")
                : own;
    }

    private boolean over(Part part) {
        return scope(part).closedBy().isPresent() || !asOf.isBefore(deadlines.due(part));
    }
}
