package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

/**
 * Alerts that nobody asked for: without a scenario, without a cause, and not expected by anything.
 * Each is a candidate for a false positive.
 */
final class UnexplainedAlerts {
    private static final int MAX = 10_000;
    private static final int PRUNED_EVERY = 1_000;

    private final VerdictStoreWriter writer;
    private int kept;

    UnexplainedAlerts(VerdictStoreWriter writer) {
        this.writer = writer;
    }

    /** Keeps an alert that stands alone. */
    void consider(AuditEvent event, boolean expected) {
        if (!expected
                && isAlert(event)
                && event.scenarioId().isEmpty()
                && event.causeId().isEmpty()) {
            writer.put(
                    VerdictKeys.suspect(event.occurredAt(), event.id()),
                    JsonNodeFactory.instance.objectNode().put("event_id", event.id()));
            if (++kept % PRUNED_EVERY == 0) {
                writer.keepFirst('f', MAX);
            }
        }
    }

    /** Its reason has turned up after all. */
    void clear(JoinedEvent event) {
        if (isAlert(event.type())) {
            writer.delete(VerdictKeys.suspect(event.occurredAt(), event.id()));
        }
    }

    boolean isAlert(AuditEvent event) {
        return event.severity().compareTo(Severity.WARNING) >= 0 && isAlert(event.type());
    }

    private static boolean isAlert(String type) {
        return type.contains("alert");
    }
}
