package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
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
     * @param event the event with which enough had come
     * @param sure whether the effect is met whatever clocks say
     */
    record Fulfilment(JoinedEvent event, boolean sure) {}

    /** What fulfilled an effect; empty if nothing did. */
    Optional<Fulfilment> fulfilment(String effect) {
        return Optional.ofNullable(fulfilled.get(effect));
    }

    Finding effect(Effect effect, PartEvents events) {
        Findings findings = new Findings(occurrence, deadlines, effect);
        if (events.lackedKey().isPresent()) {
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
        fulfil(effect, counted, finding.state());
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
        if (!over(effect)) {
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
        Optional<Placement> order =
                before.event() == occurrence.trigger()
                        ? Optional.of(Placement.SURE)
                        : Placement.behind(event, before.event(), tolerances.clockSkew());
        return before.sure() ? order : order.map(Placement.OPENING::and);
    }

    private void fulfil(Effect effect, Counted counted, State state) {
        if (effect.min() == 0) {
            boolean met = state == State.MET;
            fulfilled.put(effect.name(), new Fulfilment(occurrence.trigger(), met));
            return;
        }
        Optional<JoinedEvent> kept = counted.kept(effect.min());
        if (kept.isPresent()) {
            fulfilled.put(effect.name(), new Fulfilment(kept.get(), state == State.MET));
        } else if (over(effect) && counted.all().size() >= effect.min()) {
            JoinedEvent perhaps = counted.all().get(effect.min() - 1);
            fulfilled.put(effect.name(), new Fulfilment(perhaps, false));
        }
    }

    private Optional<String> unknown(Part part, PartEvents events, Counted counted) {
        return deadlines
                .gapIn(part)
                .map(gap -> gap.clause())
                .or(events::leftOut)
                .or(
                        () ->
                                counted.isCut()
                                        ? Optional.of("more came at the edges than are looked at")
                                        : Optional.empty());
    }

    private boolean over(Part part) {
        return !asOf.isBefore(deadlines.due(part));
    }
}
