package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;

/**
 * One occurrence of an expectation's trigger.
 *
 * @param verdictId the id of its verdict
 * @param triggerId the event
 * @param scenarioId its chaos run, or empty
 * @param at when it occurred
 * @param recordedAt when we were told
 */
record Occurrence(
        String verdictId, String triggerId, String scenarioId, Instant at, Instant recordedAt) {

    static Occurrence of(Expectation expectation, AuditEvent trigger) {
        return new Occurrence(
                "verdict-" + Digest.hex(32, expectation.name(), trigger.id()),
                trigger.id(),
                trigger.scenarioId(),
                trigger.occurredAt(),
                trigger.recordedAt());
    }
}
