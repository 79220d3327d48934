package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.List;

/**
 * All that one verdict was made of, to be judged again elsewhere. Immutable, but for its trees,
 * which nobody changes.
 *
 * @param verdict the verdict as it stands, with all its versions
 * @param settings those that decide verdicts, as the log had them
 * @param semantics their number
 * @param log the id of the log
 * @param events of the log, by position: what may count, expectations, settings, gaps, signs of
 *     life
 * @param leftOut what a bound left out, in clauses for people
 */
public record EvidenceBundle(
        ObjectNode verdict,
        ObjectNode settings,
        int semantics,
        String log,
        List<AuditEvent> events,
        List<String> leftOut) {
    /** So many events it has. */
    public static final int MAX_EVENTS = 20_000;

    public EvidenceBundle {
        events = List.copyOf(events);
        leftOut = List.copyOf(leftOut);
    }

    /** The id of the verdict. */
    public String verdictId() {
        return verdict.path("id").asText();
    }
}
