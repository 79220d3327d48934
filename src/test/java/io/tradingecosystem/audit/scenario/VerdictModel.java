package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verdicts as the semantics have them, by looking at every event of a whole recording for each
 * trigger: no state, no timers, no bounds. It shares with the engine what an expectation is, which
 * events a pattern means and what a key is, and nothing else.
 */
final class VerdictModel {
    private VerdictModel() {}

    /**
     * What the verdicts must be.
     *
     * @param expectations in force from the start
     * @param log every event as it was recorded, gaps among them
     * @param until the log's clock, if it went on behind the last event
     * @return one for each occurrence, in the order of expectations and then of triggers
     */
    static List<ModelVerdict> judge(
            List<Expectation> expectations,
            List<AuditEvent> log,
            ModelTolerances tolerances,
            Instant until) {
        ModelTime time = new ModelTime(tolerances, gaps(log), clock(log, until));
        List<AuditEvent> evidence =
                log.stream().filter(event -> !VerdictEvents.isOwn(event)).toList();
        List<DeadTime> dead =
                log.stream()
                        .filter(event -> event.type().equals(DeadTime.TYPE))
                        .flatMap(event -> DeadTime.read(event).stream())
                        .toList();
        List<ModelVerdict> verdicts = new ArrayList<>();
        for (Expectation each : expectations) {
            verdicts.addAll(judge(each, evidence, dead, time));
        }
        return verdicts;
    }

    private static List<ModelVerdict> judge(
            Expectation expectation,
            List<AuditEvent> evidence,
            List<DeadTime> dead,
            ModelTime time) {
        Map<String, ModelEvents> events = new HashMap<>();
        expectation
                .parts()
                .forEach(part -> events.put(part.name(), new ModelEvents(part, evidence)));
        ModelSources sources = new ModelSources(evidence, dead, time.tolerances().maxSkew());
        return evidence.stream()
                .filter(expectation.trigger()::matches)
                .sorted(ModelEvents.ORDER)
                .map(
                        trigger ->
                                new ModelWindow(expectation, trigger, events, time, sources)
                                        .judged())
                .toList();
    }

    private static List<Gap> gaps(List<AuditEvent> log) {
        return log.stream()
                .filter(event -> event.type().equals(VerdictEvents.GAP))
                .map(VerdictEvents::gap)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Instant clock(List<AuditEvent> log, Instant until) {
        Instant recorded =
                log.stream()
                        .map(AuditEvent::recordedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        return recorded.isAfter(until) ? recorded : until;
    }
}
