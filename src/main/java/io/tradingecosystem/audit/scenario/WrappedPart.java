package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Predicate;

/** The events of a part as others have them, but for what is said anew. */
interface WrappedPart extends PartEvents {
    /** As others have them. */
    PartEvents events();

    @Override
    default void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
        events().ascending(from, to, visitor);
    }

    @Override
    default void descending(long from, long to, Predicate<JoinedEvent> visitor) {
        events().descending(from, to, visitor);
    }

    @Override
    default boolean isOfAnother(JoinedEvent event, long before) {
        return events().isOfAnother(event, before);
    }

    @Override
    default long keptFrom(long due) {
        return events().keptFrom(due);
    }

    @Override
    default Optional<String> leftOut() {
        return events().leftOut();
    }

    @Override
    default Optional<AuditEvent> read(JoinedEvent event) {
        return events().read(event);
    }

    @Override
    default Optional<String> lacked() {
        return events().lacked();
    }
}
