package io.tradingecosystem.audit.demo;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.Verdict;
import io.tradingecosystem.audit.scenario.Verdict.Finding;
import io.tradingecosystem.audit.scenario.Verdict.Kind;
import io.tradingecosystem.audit.scenario.Verdict.Sighting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a trigger brought about, step by step, as a tree from the trigger down. */
final class Chain {
    private final Map<String, AuditEvent> events = new HashMap<>();
    private final Map<String, Map<String, String>> effects = new LinkedHashMap<>();

    private Chain() {}

    /** A step, with the ones that follow from it. */
    record Step(AuditEvent event, Duration delay, String why, List<Step> next) {}

    /** Joins what senders said of causes with what verdicts saw. */
    static Chain of(List<AuditEvent> events, List<Verdict> verdicts) {
        Chain chain = new Chain();
        events.forEach(event -> chain.events.put(event.id(), event));
        for (AuditEvent event : events) {
            if (!event.causeId().isEmpty()) {
                chain.link(event.causeId(), event.id(), "its sender says so, confidence 1.00");
            }
        }
        for (Verdict verdict : verdicts) {
            for (Finding finding : verdict.findings()) {
                if (finding.kind() == Kind.EFFECT) {
                    finding.sightings().forEach(s -> chain.expected(verdict, s));
                    finding.nearestMiss().ifPresent(m -> chain.expected(verdict, m.event()));
                }
            }
        }
        return chain;
    }

    private void expected(Verdict verdict, Sighting sighting) {
        boolean told =
                effects.values().stream().anyMatch(each -> each.containsKey(sighting.eventId()));
        if (!told) {
            link(verdict.triggerId(), sighting.eventId(), "expected by " + verdict.expectation());
        }
    }

    private void link(String cause, String effect, String why) {
        effects.computeIfAbsent(cause, c -> new LinkedHashMap<>()).putIfAbsent(effect, why);
    }

    /** The tree below an event of the take. */
    Step from(AuditEvent root) {
        Set<String> seen = new HashSet<>();
        seen.add(root.id());
        return step(root, Duration.ZERO, "", seen);
    }

    private Step step(AuditEvent event, Duration delay, String why, Set<String> seen) {
        Map<String, String> reasons = effects.getOrDefault(event.id(), Map.of());
        List<AuditEvent> found = new ArrayList<>();
        for (String id : reasons.keySet()) {
            AuditEvent effect = events.get(id);
            if (effect != null && seen.add(id)) {
                found.add(effect);
            }
        }
        found.sort(Comparator.comparing(AuditEvent::occurredAt));
        List<Step> next = new ArrayList<>();
        for (AuditEvent effect : found) {
            Duration after = Duration.between(event.occurredAt(), effect.occurredAt());
            next.add(step(effect, after, reasons.getOrDefault(effect.id(), ""), seen));
        }
        return new Step(event, delay, why, next);
    }
}
