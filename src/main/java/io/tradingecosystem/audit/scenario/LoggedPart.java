package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The events of a part, of which each can be read.
 *
 * @param log gives an event by its id
 */
record LoggedPart(PartEvents events, Function<String, Optional<AuditEvent>> log)
        implements PartEvents {
    @Override
    public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
        events.ascending(from, to, visitor);
    }

    @Override
    public void descending(long from, long to, Predicate<JoinedEvent> visitor) {
        events.descending(from, to, visitor);
    }

    @Override
    public boolean isOfAnother(JoinedEvent event, long before) {
        return events.isOfAnother(event, before);
    }

    @Override
    public long keptFrom(long due) {
        return events.keptFrom(due);
    }

    @Override
    public Optional<String> leftOut() {
        return events.leftOut();
    }

    @Override
    public Optional<AuditEvent> read(JoinedEvent event) {
        return log.apply(event.id());
    }

    @Override
    public Optional<String> lacked() {
        return events.lacked();
    }
}
