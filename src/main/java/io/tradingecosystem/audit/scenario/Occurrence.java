package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;

import java.time.Instant;
import java.util.Map;

/**
 * One occurrence of an expectation's trigger.
 *
 * @param verdictId the id of its verdict
 * @param trigger the event
 * @param position where it stands in the log; 0 if that is not known any more
 * @param scenarioId its chaos run, or empty
 * @param values what the expectation's variables are, by their names
 */
record Occurrence(
        String verdictId,
        JoinedEvent trigger,
        long position,
        String scenarioId,
        Map<String, String> values) {
    Occurrence {
        values = Map.copyOf(values);
    }

    /** Without variables. */
    Occurrence(String verdictId, JoinedEvent trigger, long position, String scenarioId) {
        this(verdictId, trigger, position, scenarioId, Map.of());
    }

    /** The id of the verdict on a trigger. */
    static String verdictId(String expectation, String triggerId) {
        return "verdict-" + Digest.hex(32, expectation, triggerId);
    }

    String triggerId() {
        return trigger.id();
    }

    Instant at() {
        return trigger.occurredAt();
    }

    /** When we were told. */
    Instant recordedAt() {
        return Times.ofEpochNanos(trigger.recordedAt());
    }

    /** An event as seen from this trigger. */
    Sighting sighting(JoinedEvent event) {
        return new Sighting(
                event.id(),
                event.service(),
                event.type(),
                event.occurredAt(),
                event.since(trigger));
    }
}
