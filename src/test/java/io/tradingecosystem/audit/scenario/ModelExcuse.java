package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.ModelVerdict.Found;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether exceptions excuse what would be missed, by the place of each in its window. */
record ModelExcuse(
        AuditEvent trigger,
        Map<String, ModelEvents> events,
        ModelTime time,
        Predicate<Marker> wasSilent) {

    boolean isSure(List<Marker> exceptions) {
        return exceptions.stream().anyMatch(each -> came(each, ModelPlacement.SURE));
    }

    /** How it stands with something, and by what, where exceptions may excuse it. */
    Found of(Found found, List<Marker> exceptions) {
        State state = found.state();
        if (state == State.MET || exceptions.isEmpty()) {
            return found;
        }
        if (isSure(exceptions)) {
            return with(found, State.MET);
        }
        if (state != State.MISSED) {
            return found;
        }
        if (exceptions.stream().anyMatch(each -> !time.isOver(each, trigger))) {
            return with(found, State.OPEN);
        }
        boolean doubtful = exceptions.stream().anyMatch(this::mayHaveCome);
        return doubtful ? with(found, State.UNCERTAIN) : found;
    }

    private static Found with(Found found, State state) {
        return new Found(
                state,
                Optional.empty(),
                found.fulfilledBy(),
                found.surelyBy(),
                found.lost(),
                found.mayMeet());
    }

    private boolean mayHaveCome(Marker exception) {
        return came(exception, ModelPlacement.OPENING)
                || came(exception, ModelPlacement.END)
                || time.mayHaveLost(exception, trigger)
                || wasSilent.test(exception)
                || !events.get(exception.name()).areKnownTo(trigger);
    }

    private boolean came(Marker exception, ModelPlacement wanted) {
        Duration second = Duration.ofSeconds(1);
        return events.get(exception.name()).around(trigger, exception.within(), second).stream()
                .filter(event -> !event.id().equals(trigger.id()))
                .map(event -> placement(exception, event))
                .anyMatch(wanted::equals);
    }

    private ModelPlacement placement(Marker exception, AuditEvent event) {
        return ModelPlacement.of(
                Duration.between(trigger.occurredAt(), event.occurredAt()).toNanos(),
                exception.within().toNanos(),
                time.tolerances().skew(trigger, event));
    }
}
