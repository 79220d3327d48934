package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final Deadlines deadlines;
    private final Tolerances tolerances;
    private final NearMisses misses;
    private final Instant asOf;
    private final Map<String, Fulfilment> fulfilled = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();

    PartJudge(Expectation expectation, Deadlines deadlines, NearMisses misses, Instant asOf) {
        this.occurrence = deadlines.occurrence();
        this.critical = expectation.critical();
        this.deadlines = deadlines;
        this.tolerances = deadlines.tolerances();
        this.misses = misses;
        this.asOf = asOf;
    }

    /**
     * What fulfilled an effect.
     *
     * @param event the first event with which enough may have come
     * @param surely the first with which enough had come, whatever clocks say; empty if there is
     *     none, or the effect is not met
     * @param unknown what may have been lost, or left out, of the effect's events
     */
    record Fulfilment(JoinedEvent event, Optional<JoinedEvent> surely, Optional<String> unknown) {

        /** By an event of which there is no doubt. */
        static Fulfilment by(JoinedEvent event) {
            return new Fulfilment(event, Optional.of(event), Optional.empty());
        }
    }

    /** What fulfilled an effect; empty if nothing did. */
    Optional<Fulfilment> fulfilment(String effect) {
        return Optional.ofNullable(fulfilled.get(effect));
    }

    Finding effect(Effect effect, PartEvents events) {
        Findings findings = new Findings(occurrence, deadlines, effect);
        if (events.lackedKey().isPresent()) {
            fulfil(effect, events, new Counted(critical, 1, 1), State.UNCERTAIN);
            states.put(effect.name(), State.UNCERTAIN);
            return findings.lacking(events.lackedKey().get());
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
        states.put(effect.name(), finding.state());
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
        if (!over(effect) || isAwaited(effect, State.OPEN)) {
            return enough ? findings.enoughSoFar(effect, counted) : findings.waiting(counted);
        }
        boolean perhaps = counted.all().size() >= effect.min();
        if (enough ? counted.all().size() > max : perhaps) {
            return findings.tooClose(effect, counted, tolerances.clockSkew());
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
        Findings findings = new Findings(occurrence, deadlines, forbidden);
        if (events.lackedKey().isPresent()) {
            return findings.lacking(events.lackedKey().get());
        }
        Counted counted = new Counted(critical, Integer.MAX_VALUE, 1);
        count(forbidden, events, counted);
        if (!counted.sure().isEmpty()) {
            return findings.forbiddenCame(counted.sure().getFirst());
        }
        if (!over(forbidden)) {
            return findings.notYet();
        }
        if (!counted.all().isEmpty()) {
            return findings.atTheEdge(counted, tolerances.clockSkew());
        }
        Optional<String> unknown = unknown(forbidden, events, counted);
        return unknown.isPresent() ? findings.perhapsCame(unknown.get()) : findings.didNotCome();
    }

    /** Whether an effect comes after one that has not been fulfilled, and stands at a state. */
    private boolean isAwaited(Effect effect, State state) {
        for (String first : effect.after()) {
            if (!fulfilled.containsKey(first) && states.get(first) == state) {
                return true;
            }
        }
        return false;
    }

    private void count(Part part, PartEvents events, Counted counted) {
        List<Fulfilment> first = new ArrayList<>();
        if (part instanceof Effect effect) {
            for (String name : effect.after()) {
                Fulfilment before = fulfilled.get(name);
                if (before == null) {
                    return;
                }
                first.add(before);
            }
        }
        long skew = Nanos.of(tolerances.clockSkew().max());
        long start = occurrence.trigger().at();
        for (Fulfilment before : first) {
            start = Math.max(start, before.event().at());
        }
        long within = Nanos.of(part.within());
        long end = Nanos.plus(Nanos.plus(occurrence.trigger().at(), within), skew);
        events.ascending(
                Nanos.plus(start, -skew),
                end,
                event ->
                        placement(event, within, first)
                                .map(placement -> counted.add(event, placement))
                                .orElse(true));
    }

    private Optional<Placement> placement(JoinedEvent event, long within, List<Fulfilment> first) {
        Optional<Placement> placement =
                Placement.of(event, occurrence.trigger(), within, tolerances.clockSkew());
        for (Fulfilment before : first) {
            if (placement.isPresent()) {
                placement = order(event, before).map(placement.get()::and);
            }
        }
        return placement;
    }

    private Optional<Placement> order(JoinedEvent event, Fulfilment before) {
        Optional<Placement> order = behind(event, before.event());
        boolean sure =
                before.surely()
                        .flatMap(first -> behind(event, first))
                        .filter(Placement.SURE::equals)
                        .isPresent();
        return sure ? order : order.map(Placement.OPENING::and);
    }

    private Optional<Placement> behind(JoinedEvent event, JoinedEvent first) {
        return first == occurrence.trigger()
                ? Optional.of(Placement.SURE)
                : Placement.behind(event, first, tolerances.clockSkew());
    }

    private void fulfil(Effect effect, PartEvents events, Counted counted, State state) {
        Optional<String> unknown = unknown(effect, events, counted);
        int min = effect.min();
        if (min == 0) {
            Optional<JoinedEvent> surely =
                    state == State.MET ? Optional.of(occurrence.trigger()) : Optional.empty();
            fulfilled.put(
                    effect.name(), new Fulfilment(occurrence.trigger(), surely, Optional.empty()));
        } else if (counted.kept().size() >= min) {
            boolean sure = state == State.MET && counted.sure().size() >= min;
            Optional<JoinedEvent> surely =
                    sure ? Optional.of(counted.sure().get(min - 1)) : Optional.empty();
            fulfilled.put(
                    effect.name(), new Fulfilment(counted.kept().get(min - 1), surely, unknown));
        } else if (over(effect) && counted.all().size() >= min) {
            fulfilled.put(
                    effect.name(),
                    new Fulfilment(counted.all().get(min - 1), Optional.empty(), unknown));
        }
    }

    private Optional<String> unknown(Part part, PartEvents events, Counted counted) {
        return deadlines
                .gapIn(part)
                .map(Gap::clause)
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
        return own.isEmpty() && isAwaited(effect, State.UNCERTAIN)
                ? Optional.of("what it comes after cannot be told")
                : own;
    }

    private boolean over(Part part) {
        return !asOf.isBefore(deadlines.due(part));
    }
}
