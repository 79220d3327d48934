package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.BoundExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/** The events of parts by what variables say of them, part by part. For one judgement. */
final class BoundEvents {
    private final BoundExpectation bound;
    private final Function<String, Optional<AuditEvent>> log;
    private final Iterator<Part> parts;
    private int number;

    /**
     * Of no part yet.
     *
     * @param log gives an event by its id
     */
    BoundEvents(BoundExpectation bound, Function<String, Optional<AuditEvent>> log) {
        this.bound = bound;
        this.log = log;
        this.parts = bound.expectation().parts().iterator();
    }

    /** Those of the next part, of which its joins know all that fit but for variables. */
    PartEvents next(PartEvents events) {
        Part part = parts.next();
        String unbound = bound.unbound().get(number++);
        if (unbound != null && events.lacked().isEmpty()) {
            return PartEvents.unknown(unbound);
        }
        PartEvents logged = new LoggedPart(events, log);
        return part.variables().compared().stream().anyMatch(each -> each.variable().isOfTrigger())
                ? new ComparedPart(logged, part.pattern())
                : logged;
    }
}
