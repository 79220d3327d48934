package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.AuditEvent;

/**
 * Some work failed on an event and not around it: it would fail again, as the same log gives the
 * same work.
 */
final class UnworkableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AuditEvent event;

    UnworkableEventException(AuditEvent event, Throwable cause) {
        super("event " + event.id() + " cannot be worked on: " + cause, requireNonNull(cause));
        this.event = event;
    }

    AuditEvent event() {
        return event;
    }
}
