package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether what would be missed is excused, as an exception came in its window: surely, perhaps, or
 * not. What may still be excused is not missed yet. For one judgement.
 */
final class ExcuseJudge {
    private final Deadlines deadlines;
    private final Occurrence occurrence;
    private final Instant asOf;
    private final Function<Marker, PartEvents> markers;

    ExcuseJudge(Deadlines deadlines, Function<Marker, PartEvents> markers, Instant asOf) {
        this.deadlines = deadlines;
        this.occurrence = deadlines.occurrence();
        this.markers = markers;
        this.asOf = asOf;
    }

    /** The first exception that surely came in its window, of any kind. */
    Optional<JoinedEvent> by(List<Marker> exceptions) {
        return exceptions.stream()
                .flatMap(each -> first(each, true).stream())
                .min(JoinedEvent.ORDER);
    }

    /** A finding as it stands with its exceptions. */
    Finding of(Finding finding, List<Marker> exceptions) {
        if (exceptions.isEmpty() || finding.state() == State.MET) {
            return finding;
        }
        Optional<JoinedEvent> by = by(exceptions);
        if (by.isPresent()) {
            return excused(finding, by.get());
        }
        return finding.state() == State.MISSED ? missed(finding, exceptions) : finding;
    }

    /** A finding that holds, whatever it says, as what it hangs on is excused. */
    Finding excused(Finding finding, JoinedEvent by) {
        String reason =
                "is excused by "
                        + Quoted.of(by.type())
                        + ", which came after "
                        + Spoken.of(by.since(occurrence.trigger()));
        return new Finding(
                finding.name(),
                finding.kind(),
                State.MET,
                finding.limit(),
                by.occurredAt(),
                reason,
                List.of(occurrence.sighting(by)),
                Optional.empty());
    }

    private Finding missed(Finding finding, List<Marker> exceptions) {
        for (Marker each : exceptions) {
            Instant due = deadlines.due(each);
            if (asOf.isBefore(due)) {
                String until = Times.format(deadlines.deadline(each));
                return finding(finding, State.OPEN, "; may be excused until " + until);
            }
        }
        return exceptions.stream()
                .flatMap(each -> doubt(each).stream())
                .findFirst()
                .map(doubt -> finding(finding, State.UNCERTAIN, ", but may be excused: " + doubt))
                .orElse(finding);
    }

    /** Why an exception may have come that does not surely count. */
    private Optional<String> doubt(Marker exception) {
        PartEvents events = markers.apply(exception);
        return first(exception, false)
                .map(event -> Quoted.of(event.id()) + " is too close to call")
                .or(() -> deadlines.gapIn(exception).map(Gap::clause))
                .or(events::leftOut)
                .or(events::lacked);
    }

    private static Finding finding(Finding finding, State state, String more) {
        return new Finding(
                finding.name(),
                finding.kind(),
                state,
                finding.limit(),
                finding.at(),
                finding.reason() + more,
                finding.sightings(),
                finding.nearestMiss());
    }

    /** The first exception in its window, for sure or at all. */
    private Optional<JoinedEvent> first(Marker exception, boolean sure) {
        JoinedEvent trigger = occurrence.trigger();
        long within = Nanos.of(exception.within());
        long skew = Nanos.of(deadlines.tolerances().clockSkew().max());
        List<JoinedEvent> found = new ArrayList<>();
        markers.apply(exception)
                .ascending(
                        Nanos.plus(trigger.at(), -skew),
                        Nanos.plus(Nanos.plus(trigger.at(), within), skew),
                        event -> {
                            Optional<Placement> place =
                                    Placement.of(
                                            event,
                                            trigger,
                                            within,
                                            deadlines.tolerances().clockSkew());
                            if (place.filter(each -> !sure || each == Placement.SURE).isPresent()) {
                                found.add(event);
                            }
                            return found.isEmpty();
                        });
        return found.stream().findFirst();
    }
}
