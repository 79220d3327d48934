package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Function;

/**
 * The events of a part, of which each can be read.
 *
 * @param log gives an event by its id
 */
record LoggedPart(PartEvents events, Function<String, Optional<AuditEvent>> log)
        implements WrappedPart {
    @Override
    public Optional<AuditEvent> read(JoinedEvent event) {
        return log.apply(event.id());
    }
}
