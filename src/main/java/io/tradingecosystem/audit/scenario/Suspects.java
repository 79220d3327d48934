package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

/**
 * Alerts that nobody asked for: without a scenario, without a cause, and not expected by anything.
 * Each is a candidate for a false positive.
 */
final class Suspects {
    private final Ledger ledger;

    Suspects(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Keeps an alert that stands alone. */
    void consider(AuditEvent event, boolean expected) {
        if (!expected
                && isAlert(event)
                && event.scenarioId().isEmpty()
                && event.causeId().isEmpty()) {
            ledger.put(
                    Keys.suspect(event.occurredAt(), event.id()),
                    JsonNodeFactory.instance.objectNode().put("event_id", event.id()));
        }
    }

    /** Its reason has turned up after all. */
    void clear(AuditEvent event) {
        if (isAlert(event)) {
            ledger.delete(Keys.suspect(event.occurredAt(), event.id()));
        }
    }

    private static boolean isAlert(AuditEvent event) {
        return event.type().contains("alert") && event.severity().compareTo(Severity.WARNING) >= 0;
    }
}
