package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a report tells. Immutable.
 *
 * @param outcome what is counted, and said beside the verdicts
 * @param verdicts what is shown, in its order
 * @param recordedLinks what caused what; absent where that is not asked for
 */
record Report(Outcome outcome, List<ShownVerdict> verdicts, Optional<List<Link>> recordedLinks) {
    Report {
        verdicts = List.copyOf(verdicts);
    }

    static Report of(Outcome outcome, Optional<List<Link>> links) {
        return new Report(
                outcome, outcome.verdicts().stream().map(ShownVerdict::held).toList(), links);
    }

    /** Whether all of it is in memory, so that nothing goes wrong while it is written. */
    boolean isHeld() {
        return verdicts.stream().allMatch(ShownVerdict::isHeld);
    }

    /** How many of the verdicts that are shown were judged on complete evidence. */
    Completeness evidence() {
        return evidence(verdicts);
    }

    /** The same of some of them. */
    static Completeness evidence(List<ShownVerdict> some) {
        return new Completeness(
                some.stream().filter(ShownVerdict::isComplete).count(),
                some.stream().filter(each -> each.status() != Status.PENDING).count());
    }

    List<Link> links() {
        return recordedLinks.orElse(List.of());
    }

    /** Alerts that nothing explains, a link to a cause included. */
    List<AuditEvent> unexplainedAlerts() {
        Set<String> effects = links().stream().map(Link::effectId).collect(Collectors.toSet());
        return outcome.unexplainedAlerts().stream()
                .filter(alert -> !effects.contains(alert.id()))
                .toList();
    }
}
