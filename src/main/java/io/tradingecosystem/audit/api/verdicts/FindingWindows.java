package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verdicts as they are answered: as they are kept, and with the window of each finding, which
 * follows from the findings and the expectation that they are about. Thread-safe.
 */
public final class FindingWindows {
    private final Function<String, Optional<InForce<Expectation>>> expectations;

    /**
     * Looks expectations up.
     *
     * @param expectations gives the one in force by its name
     */
    public FindingWindows(Function<String, Optional<InForce<Expectation>>> expectations) {
        this.expectations = expectations;
    }

    /** A verdict with all its findings and their windows. */
    public ObjectNode write(Verdict verdict) {
        ObjectNode node = VerdictJson.write(verdict);
        Optional<Expectation> expectation =
                expectations
                        .apply(verdict.expectation())
                        .map(inForce -> inForce.definition().content())
                        .filter(each -> each.version().equals(verdict.expectationVersion()));
        for (int i = 0; i < verdict.findings().size(); i++) {
            Finding finding = verdict.findings().get(i);
            ObjectNode written = (ObjectNode) node.withArray("findings").get(i);
            begin(verdict, finding, expectation)
                    .ifPresent(from -> window(verdict, finding, from, written));
        }
        return node;
    }

    private static void window(Verdict verdict, Finding finding, Instant from, ObjectNode node) {
        Instant limited = finding.kind() == Kind.SLA ? from : verdict.triggeredAt();
        node.putObject("window")
                .put("from", from.toString())
                .put("to", limited.plus(finding.limit()).toString());
    }

    /** When a window begins; empty if it has not, or that is not known. */
    private static Optional<Instant> begin(
            Verdict verdict, Finding finding, Optional<Expectation> expectation) {
        return switch (finding.kind()) {
            case EFFECT ->
                    expectation.map(
                            each -> behind(verdict, effect(each, finding.name()), each.effects()));
            case FORBIDDEN, STEADY -> Optional.of(verdict.triggeredAt());
            case SLA -> expectation.flatMap(each -> started(verdict, finding.name(), each));
            case RUN -> Optional.empty();
        };
    }

    private static Instant behind(Verdict verdict, Optional<Effect> effect, List<Effect> effects) {
        return effect.stream()
                .flatMap(each -> each.after().stream())
                .flatMap(name -> fulfilled(verdict, name, effects).stream())
                .filter(verdict.triggeredAt()::isBefore)
                .max(Instant::compareTo)
                .orElse(verdict.triggeredAt());
    }

    private static Optional<Effect> effect(Expectation expectation, String name) {
        return expectation.effects().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Optional<Instant> started(
            Verdict verdict, String name, Expectation expectation) {
        return expectation.slas().stream()
                .filter(sla -> sla.name().equals(name))
                .findFirst()
                .map(Sla::from)
                .flatMap(
                        from ->
                                from.isEmpty()
                                        ? Optional.of(verdict.triggeredAt())
                                        : fulfilled(verdict, from, expectation.effects()));
    }

    /** When enough of an effect had come; empty if it had not. */
    private static Optional<Instant> fulfilled(Verdict verdict, String name, List<Effect> effects) {
        int enough =
                effects.stream()
                        .filter(effect -> effect.name().equals(name))
                        .mapToInt(Effect::min)
                        .findFirst()
                        .orElse(1);
        return verdict.findings().stream()
                .filter(finding -> finding.kind() == Kind.EFFECT && finding.name().equals(name))
                .filter(finding -> finding.state() == State.MET)
                .findFirst()
                .flatMap(finding -> sighted(finding, Math.max(1, enough)));
    }

    /** When so many had come. Of more than are listed, the time at which that was certain. */
    private static Optional<Instant> sighted(Finding finding, int enough) {
        if (finding.sightings().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                finding.sightings().size() < enough
                        ? finding.at()
                        : finding.sightings().get(enough - 1).occurredAt());
    }
}
