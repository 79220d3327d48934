package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a verdict must be.
 *
 * @param expectation the expectation's name
 * @param trigger the trigger's id
 * @param status the verdict
 * @param isFinal whether all parts are over
 * @param parts how it stands with each, by name
 */
record ModelVerdict(
        String expectation,
        String trigger,
        Status status,
        boolean isFinal,
        Map<String, Found> parts) {

    ModelVerdict {
        parts = new LinkedHashMap<>(parts);
    }

    /**
     * What was found of one part.
     *
     * @param state how it stands
     * @param decidedBy the event that makes it so, where one does
     * @param fulfilledBy the event by which it is fulfilled; for an SLA the one that ends it
     * @param surelyBy the event by which it is fulfilled whatever clocks say
     * @param lost whether an event of it may have been lost
     * @param mayMeet the events of which any may be the one that met it
     */
    record Found(
            State state,
            Optional<AuditEvent> decidedBy,
            Optional<AuditEvent> fulfilledBy,
            Optional<AuditEvent> surelyBy,
            boolean lost,
            List<AuditEvent> mayMeet) {
        Found(
                State state,
                Optional<AuditEvent> decidedBy,
                Optional<AuditEvent> fulfilledBy,
                Optional<AuditEvent> surelyBy,
                boolean lost) {
            this(state, decidedBy, fulfilledBy, surelyBy, lost, List.of());
        }

        Found(State state, Optional<AuditEvent> decidedBy, Optional<AuditEvent> fulfilledBy) {
            this(state, decidedBy, fulfilledBy, Optional.empty(), false);
        }
    }

    static Status status(Collection<Found> parts) {
        if (parts.stream().anyMatch(part -> part.state() == State.MISSED)) {
            return Status.FAILED;
        }
        if (parts.stream().anyMatch(part -> part.state() == State.OPEN)) {
            return Status.PENDING;
        }
        return parts.stream().anyMatch(part -> part.state() == State.UNCERTAIN)
                ? Status.INCONCLUSIVE
                : Status.PASSED;
    }
}
