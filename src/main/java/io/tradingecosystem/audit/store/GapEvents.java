package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

/** Says which event stands for others that are lost. */
@FunctionalInterface
public interface GapEvents {

    /** The event for some lost ones; it has an id. */
    AuditEvent of(LostEvents lost);
}
