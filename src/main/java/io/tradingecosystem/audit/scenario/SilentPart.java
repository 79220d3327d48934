package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of a part of which more may be, as a source was silent.
 *
 * @param events those that were told
 * @param silence why others may not have been, as a clause for people
 */
record SilentPart(PartEvents events, String silence) implements PartEvents {
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
        return Optional.of(silence);
    }

    @Override
    public Optional<AuditEvent> read(JoinedEvent event) {
        return events.read(event);
    }

    @Override
    public Optional<String> lacked() {
        return events.lacked();
    }
}
