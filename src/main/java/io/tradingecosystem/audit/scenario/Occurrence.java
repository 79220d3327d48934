package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;

import java.time.Duration;
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

    /** An event as seen from this trigger. */
    Sighting sighting(EventFact fact) {
        return new Sighting(
                fact.eventId(),
                fact.service(),
                fact.type(),
                fact.occurredAt(),
                Duration.between(at, fact.occurredAt()));
    }
}
