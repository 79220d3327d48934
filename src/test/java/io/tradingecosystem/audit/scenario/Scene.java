package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events and expectations for tests. */
final class Scene {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final Tolerances EXACT =
            new Tolerances(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(30));

    static final String DEPEG =
            """
            name: depeg
            scenario: stablecoin-depeg
            when: {type: chaos.injected}
            expect:
              - name: alert
                event: {type: risk.alert.raised}
                within: 15s
                join: [scenario_id]
            """;

    private Scene() {}

    static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    /** Says that what comes from here on is judged by the semantics of today, as a service does. */
    static AuditEvent semantics() {
        return AuditEvent.own("audit", DecisionEvents.SEMANTICS)
                .id("semantics")
                .occurredAt(START)
                .attribute("verdicts", Referee.SEMANTICS)
                .build();
    }

    static AuditEvent injected(String id, double seconds, String scenarioId) {
        return event("test-coordinator", "chaos.injected", id, seconds)
                .scenarioId(scenarioId)
                .build();
    }

    static AuditEvent alert(String id, double seconds, String scenarioId) {
        return event("risk-monitor", "risk.alert.raised", id, seconds)
                .severity(Severity.WARNING)
                .scenarioId(scenarioId)
                .build();
    }

    static AuditEventBuilder event(String service, String type, String id, double seconds) {
        return AuditEvent.builder(service, type).id(id).occurredAt(at(seconds));
    }

    static List<Definition<Expectation>> definitions(String yaml) {
        return ExpectationReader.KIND.read("test", yaml, Definition.FILE);
    }

    static List<Verdict> verify(String yaml, AuditEvent... events) {
        return verify(yaml, EXACT, events);
    }

    static List<Verdict> verify(String yaml, Tolerances tolerances, AuditEvent... events) {
        return OfflineVerdicts.verifyWith(
                        definitions(yaml), List.of(events), tolerances, Optional.of(Instant.MAX))
                .verdicts();
    }

    /** The verdict where there is only one. */
    static Verdict judge(String yaml, AuditEvent... events) {
        List<Verdict> verdicts = verify(yaml, events);
        if (verdicts.size() != 1) {
            throw new AssertionError("not one verdict: " + verdicts);
        }
        return verdicts.getFirst();
    }
}
