package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Gap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which events in the window of a part count, where its scope ends before the window may: those
 * before the first {@code until}, or before the next trigger. One counts for sure when whatever
 * might have ended the scope before it would have been recorded; where silence may hide it, when
 * the window is over and nobody was silent. For one judgement.
 */
final class ScopeJudge {
    private final Deadlines deadlines;
    private final Occurrence occurrence;
    private final Instant asOf;
    private final boolean listening;
    private final List<CutOff> cutOffs = new ArrayList<>();
    private Optional<JoinedEvent> closedBy = Optional.empty();
    private Optional<String> doubt = Optional.empty();
    private Optional<Instant> again = Optional.empty();

    /**
     * Which events of a part count.
     *
     * @param speaks whether silence may hide events
     */
    ScopeJudge(
            Part part,
            Function<Marker, PartEvents> markers,
            Deadlines deadlines,
            boolean speaks,
            Instant asOf) {
        this.deadlines = deadlines;
        this.occurrence = deadlines.occurrence();
        this.asOf = asOf;
        this.listening = speaks && asOf.isBefore(deadlines.due(part));
        part.scope().until().ifPresent(each -> add(each, CutOff.Kind.UNTIL, markers));
        part.scope().next().ifPresent(each -> add(each, CutOff.Kind.NEXT, markers));
        cutOffs.stream()
                .flatMap(cutOff -> cutOff.first().stream())
                .min(JoinedEvent.ORDER)
                .filter(first -> !first.occurredAt().isAfter(deadlines.deadline(part)))
                .filter(first -> !speaks && isKnownAt(settled(first).plus(part.lasting())))
                .ifPresent(first -> closedBy = Optional.of(first));
        doubt = Optional.empty();
    }

    private void add(Marker marker, CutOff.Kind kind, Function<Marker, PartEvents> markers) {
        ClockSkew clocks = deadlines.tolerances().clockSkew();
        cutOffs.add(new CutOff(marker, kind, markers.apply(marker), occurrence.trigger(), clocks));
    }

    /** When what came before an event must have been recorded. */
    private Instant settled(JoinedEvent event) {
        return Deadlines.later(event.occurredAt(), occurrence.recordedAt())
                .plus(deadlines.tolerances().allowedLateness());
    }

    /**
     * Whether a time is over by now in which nothing was lost; if not yet, it is looked at then.
     */
    private boolean isKnownAt(Instant time) {
        Optional<Gap> lost = deadlines.gaps().overlapping(occurrence.at(), time);
        lost.ifPresent(gap -> doubt = Optional.of(gap.clause()));
        if (lost.isEmpty() && asOf.isBefore(time)) {
            again = Optional.of(again.filter(time::isAfter).orElse(time));
        }
        return lost.isEmpty() && !asOf.isBefore(time);
    }

    /** What ended the scope for good, so that nothing is waited for any more. */
    Optional<JoinedEvent> closedBy() {
        return closedBy;
    }

    /** Why an event counts only perhaps, as a clause for people, if one does. */
    Optional<String> doubt() {
        return doubt;
    }

    /** When more will be known, before the window is over. */
    Optional<Instant> again() {
        return again;
    }

    /** No event behind it counts, in nanoseconds. */
    long last() {
        return cutOffs.stream().mapToLong(CutOff::last).min().orElse(Long.MAX_VALUE);
    }

    /** The place of an event that has one in the window; empty if the scope ended before it. */
    Optional<Placement> of(JoinedEvent event, Placement inWindow) {
        Placement placement = inWindow;
        for (CutOff each : cutOffs) {
            Optional<Placement> before = each.before(event);
            if (before.isEmpty()) {
                return before;
            }
            placement = placement.and(before.get());
        }
        if (!cutOffs.isEmpty() && placement == Placement.END && inWindow != Placement.END) {
            doubt = Optional.of("clocks do not tell what came before " + Quoted.of(event.id()));
        }
        return Optional.of(isKnown(event, placement) ? placement : Placement.END);
    }

    private boolean isKnown(JoinedEvent event, Placement placement) {
        if (cutOffs.isEmpty() || placement == Placement.END) {
            return true;
        }
        if (listening) {
            return false;
        }
        for (CutOff each : cutOffs) {
            if (each.leftOut().isPresent()) {
                doubt = each.leftOut();
                return false;
            }
        }
        return isKnownAt(settled(event));
    }
}
