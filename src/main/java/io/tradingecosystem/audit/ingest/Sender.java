package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.event.Admission.Result;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;

import java.util.Optional;

/**
 * Who gives a batch, and whose events that one may give: nobody is asked for where this thread
 * works for nobody outside.
 */
record Sender(Optional<Caller> caller, IntakeObserver observer) {

    /** Whom this thread works for. */
    static Sender current(IntakeObserver observer) {
        return new Sender(Caller.current(), observer);
    }

    /** The run that the request belongs to; empty for one that no event may have. */
    String scenarioId(int maxLength) {
        return caller.map(Caller::scenarioId).filter(id -> id.length() <= maxLength).orElse("");
    }

    /** The same, or a refusal where the event is one of a service of others. */
    Result check(Result result) {
        return switch (result) {
            case Result.Admitted admitted when !maySpeakFor(admitted.event().service()) ->
                    refused(admitted, caller.orElseThrow());
            case Result.Admitted admitted -> admitted;
            case Result.Refused refused -> refused;
        };
    }

    private boolean maySpeakFor(String service) {
        return caller.isEmpty() || caller.get().maySpeakFor(service);
    }

    private Result refused(Result.Admitted admitted, Caller who) {
        observer.foreignService(who.name());
        return new Result.Refused(
                admitted.idGiven() ? "" : admitted.event().id(),
                admitted.event().service(),
                new EventProblem(
                        Reason.FOREIGN_SERVICE,
                        "%s may not speak for %s; access.services says for whom it may"
                                .formatted(who.spoken(), admitted.event().service())));
    }
}
