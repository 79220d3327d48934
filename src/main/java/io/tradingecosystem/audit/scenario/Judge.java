package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges one occurrence: a pure function of the expectation, the trigger, the events, the times in
 * which events may have been lost, and the moment as of which it judges. For one judgement.
 */
final class Judge {
    private final Expectation expectation;
    private final Occurrence occurrence;
    private final Deadlines deadlines;
    private final List<PartEvents> events;
    private final PartJudge parts;
    private final Instant asOf;

    private Judge(
            Expectation expectation,
            List<PartEvents> events,
            Deadlines deadlines,
            NearMisses.OtherKeys otherKeys,
            Instant asOf) {
        this.expectation = expectation;
        this.occurrence = deadlines.occurrence();
        this.deadlines = deadlines;
        this.events = events;
        this.asOf = asOf;
        var misses = new NearMisses(occurrence, deadlines.tolerances(), otherKeys);
        this.parts = new PartJudge(expectation, deadlines, misses, this::marked, asOf);
    }

    /**
     * What was judged.
     *
     * @param verdict of version 0
     * @param expectation with what effects carried for others
     * @param again when more will be known, before the next part is over
     */
    record Judgement(Verdict verdict, Expectation expectation, Optional<Instant> again) {}

    private PartEvents marked(Marker marker) {
        return events.get(expectation.parts().lastIndexOf(marker));
    }

    /**
     * Judges as of a moment.
     *
     * @param events those of each part, in the order of {@link Expectation#parts()}
     */
    static Judgement judge(
            Expectation expectation,
            List<PartEvents> events,
            Deadlines deadlines,
            NearMisses.OtherKeys otherKeys,
            Instant asOf) {
        Judge judge = new Judge(expectation, events, deadlines, otherKeys, asOf);
        Verdict verdict = judge.verdict();
        return new Judgement(verdict, judge.known(), judge.parts.again());
    }

    private Expectation known() {
        return expectation.variables().isEmpty()
                ? expectation
                : expectation.withEffects(parts.effects());
    }

    private Verdict verdict() {
        List<Finding> findings = new ArrayList<>();
        int part = 0;
        for (Effect effect : expectation.effects()) {
            findings.add(parts.effect(effect, events.get(part++)));
        }
        for (Forbidden forbidden : expectation.forbidden()) {
            findings.add(parts.forbidden(forbidden, events.get(part++)));
        }
        for (Steady steady : expectation.steady()) {
            findings.add(parts.steady(steady, events.get(part++)));
        }
        for (Sla sla : expectation.slas()) {
            findings.add(parts.excused(sla(sla, findings), named(sla)));
        }
        Status status = status(findings);
        return verdict(
                known(),
                occurrence,
                status,
                !asOf.isBefore(deadlines.last(known())),
                decidedAt(status, findings),
                findings);
    }

    /** A verdict of which nothing is known but that it is wanted; version 0. */
    static Verdict pending(Expectation expectation, Occurrence occurrence) {
        Instant deadline = deadline(expectation, occurrence);
        return verdict(expectation, occurrence, Status.PENDING, false, deadline, List.of());
    }

    private static Verdict verdict(
            Expectation expectation,
            Occurrence occurrence,
            Status status,
            boolean isFinal,
            Instant decidedAt,
            List<Finding> findings) {
        return new Verdict(
                occurrence.verdictId(),
                0,
                expectation.name(),
                expectation.version(),
                expectation.scenario(),
                expectation.critical(),
                occurrence.scenarioId(),
                occurrence.triggerId(),
                occurrence.at(),
                status,
                isFinal,
                Duration.ZERO,
                decidedAt,
                deadline(expectation, occurrence),
                Verdict.reason(status, findings),
                findings);
    }

    private static Instant deadline(Expectation expectation, Occurrence occurrence) {
        return occurrence.at().plus(expectation.within());
    }

    private Instant last(List<Finding> findings) {
        Instant last = findings.isEmpty() ? occurrence.at() : findings.getFirst().at();
        for (Finding finding : findings) {
            last = Deadlines.later(last, finding.at());
        }
        return last;
    }

    private Finding sla(Sla sla, List<Finding> findings) {
        Optional<Fulfilment> from =
                sla.from().isEmpty()
                        ? Optional.of(Fulfilment.by(occurrence.trigger()))
                        : parts.fulfilment(sla.from());
        Optional<Fulfilment> to = parts.fulfilment(sla.to());
        if (from.isPresent() && to.isPresent()) {
            return new SlaJudge(sla, expectation.critical(), deadlines.tolerances().clockSkew())
                    .judge(from.get(), to.get(), latest(sla.to(), findings));
        }
        Finding open =
                findings.stream()
                        .filter(f -> f.kind() == Kind.EFFECT)
                        .filter(
                                f ->
                                        (from.isEmpty() && f.name().equals(sla.from()))
                                                || (to.isEmpty() && f.name().equals(sla.to())))
                        .findFirst()
                        .orElseThrow();
        String reason =
                switch (open.state()) {
                    case OPEN -> "is not known yet";
                    case UNCERTAIN -> "cannot be told without " + open.name();
                    case MISSED, MET -> "was not kept, as " + open.name() + " did not come in time";
                };
        return SlaJudge.finding(sla, open.state(), open.at(), reason);
    }

    private List<Effect> named(Sla sla) {
        return expectation.effects().stream().filter(sla::names).toList();
    }

    /** Until when what fulfils an effect may come; none that is lost fulfils what is not met. */
    private Duration latest(String effect, List<Finding> findings) {
        boolean met =
                findings.stream()
                        .filter(each -> each.name().equals(effect))
                        .anyMatch(each -> each.state() == State.MET);
        return parts.effects().stream()
                .filter(each -> met && each.name().equals(effect))
                .findFirst()
                .map(Effect::within)
                .orElse(Duration.ZERO);
    }

    private static Status status(List<Finding> findings) {
        if (any(findings, State.MISSED)) {
            return Status.FAILED;
        }
        if (any(findings, State.OPEN)) {
            return Status.PENDING;
        }
        return any(findings, State.UNCERTAIN) ? Status.INCONCLUSIVE : Status.PASSED;
    }

    private static boolean any(List<Finding> findings, State state) {
        for (Finding finding : findings) {
            if (finding.state() == state) {
                return true;
            }
        }
        return false;
    }

    private Instant decidedAt(Status status, List<Finding> findings) {
        return switch (status) {
            case PENDING -> deadline(known(), occurrence);
            case FAILED ->
                    findings.stream()
                            .filter(finding -> finding.state() == State.MISSED)
                            .map(Finding::at)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
            case PASSED, INCONCLUSIVE -> last(findings);
        };
    }
}
