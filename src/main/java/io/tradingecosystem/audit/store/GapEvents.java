package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Optional;

/** Says which event stands for others that are lost. */
@FunctionalInterface
public interface GapEvents {

    /** The event for some lost ones; it has an id. */
    AuditEvent of(LostEvents lost);

    /** One more, where some may have occurred behind when they were recorded. */
    default Optional<AuditEvent> ahead(LostEvents lost) {
        return Optional.empty();
    }
}
