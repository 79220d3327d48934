package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.ForgottenAlerts;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.List;

/**
 * Alerts that nobody asked for: without a scenario, without a cause that the sender named, and not
 * expected by anything. Each that no link explains either is a candidate for a false positive. What
 * the bound leaves out is counted. For the one thread that judges.
 */
final class UnexplainedAlerts {
    /** So many more than are kept make it worth looking for the oldest. */
    private static final int SLACK = 1_000;

    private final VerdictStoreWriter writer;
    private final AlertPolicy policy;
    private int kept;

    /** The alerts as they were with the last commit. */
    UnexplainedAlerts(VerdictStoreWriter writer, AlertPolicy policy) {
        this.writer = writer;
        this.policy = policy;
        writer.scan('f', (key, value) -> ++kept > 0);
    }

    /**
     * Keeps an alert that stands alone.
     *
     * @param expected whether it counted for a window
     */
    void consider(AuditEvent event, boolean expected) {
        if (!expected
                && event.scenarioId().isEmpty()
                && event.causeId().isEmpty()
                && policy.isAlert(event)) {
            keep(event);
        }
    }

    private void keep(AuditEvent event) {
        byte[] key = VerdictKeys.suspect(event.occurredAt(), event.id());
        if (writer.get(key).isEmpty()) {
            kept++;
        }
        writer.put(key, JsonNodeFactory.instance.objectNode().put("event_id", event.id()));
        int over = kept - policy.maxKept();
        // What is not committed yet is not found; so not every time that there are too many.
        if (over > 0 && over % SLACK == 0) {
            forget();
        }
    }

    /** Its reason has turned up after all. */
    void clear(JoinedEvent event) {
        byte[] key = VerdictKeys.suspect(event.occurredAt(), event.id());
        if (policy.isAlert(event.type()) && writer.get(key).isPresent()) {
            writer.delete(key);
            kept--;
        }
    }

    boolean isAlert(AuditEvent event) {
        return policy.isAlert(event);
    }

    private void forget() {
        List<byte[]> tooMany = new ArrayList<>();
        int[] seen = {0};
        writer.scan(
                'f',
                (key, value) -> {
                    if (++seen[0] > policy.maxKept() && writer.get(key).isPresent()) {
                        tooMany.add(key);
                    }
                    return true;
                });
        if (!tooMany.isEmpty()) {
            tooMany.forEach(writer::delete);
            kept -= tooMany.size();
            ForgottenAlerts before =
                    writer.get(VerdictKeys.forgottenAlerts())
                            .map(ForgottenAlerts::fromJson)
                            .orElse(ForgottenAlerts.NONE);
            writer.put(
                    VerdictKeys.forgottenAlerts(),
                    before.and(tooMany.size(), VerdictKeys.suspectTime(tooMany.getFirst()))
                            .toJson());
        }
    }
}
