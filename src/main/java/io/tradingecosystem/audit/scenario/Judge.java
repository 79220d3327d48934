package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
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
 * Judges one occurrence: a pure function of the expectation, the trigger, the evidence, the times
 * in which events may have been lost, and the moment as of which it judges. Not thread-safe; made
 * for one judgement.
 */
final class Judge {
    private final Expectation expectation;
    private final Occurrence occurrence;
    private final Evidence evidence;
    private final PartJudge parts;

    private Judge(
            Expectation expectation,
            Evidence evidence,
            Deadlines deadlines,
            NearMisses.OtherKeys otherKeys,
            Instant asOf) {
        this.expectation = expectation;
        this.occurrence = deadlines.occurrence();
        this.evidence = evidence;
        this.parts = new PartJudge(expectation.critical(), deadlines, otherKeys, asOf);
    }

    /** Judges as of a moment; version 0. */
    static Verdict judge(
            Expectation expectation,
            Evidence evidence,
            Deadlines deadlines,
            NearMisses.OtherKeys otherKeys,
            Instant asOf) {
        return new Judge(expectation, evidence, deadlines, otherKeys, asOf).verdict();
    }

    private Verdict verdict() {
        List<Finding> findings = new ArrayList<>();
        int part = 0;
        for (Effect effect : expectation.effects()) {
            findings.add(parts.effect(effect, evidence.tracks().get(part++)));
        }
        for (Forbidden forbidden : expectation.forbidden()) {
            findings.add(parts.forbidden(forbidden, evidence.tracks().get(part++)));
        }
        for (Sla sla : expectation.slas()) {
            findings.add(sla(sla, findings));
        }
        Status status = status(findings);
        Instant deadline = occurrence.at().plus(expectation.within());
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
                decidedAt(status, findings, deadline),
                deadline,
                reason(status, findings),
                findings);
    }

    private Finding sla(Sla sla, List<Finding> findings) {
        Optional<Instant> from =
                sla.from().isEmpty() ? Optional.of(occurrence.at()) : parts.fulfilledAt(sla.from());
        Optional<Instant> to = parts.fulfilledAt(sla.to());
        if (from.isPresent() && to.isPresent()) {
            Duration took = Duration.between(from.get(), to.get());
            String reason =
                    "took "
                            + Spoken.of(PartJudge.positive(took))
                            + " of "
                            + Spoken.of(sla.within());
            State state =
                    took.compareTo(sla.within()) > 0
                            ? State.MISSED
                            : parts.tooClose(took, sla.within()) ? State.UNCERTAIN : State.MET;
            return sla(sla, state, to.get(), reason);
        }
        Finding open =
                findings.stream()
                        .filter(f -> f.kind() == Kind.EFFECT && f.state() != State.MET)
                        .filter(f -> f.name().equals(sla.from()) || f.name().equals(sla.to()))
                        .findFirst()
                        .orElseThrow();
        String reason = open.state() == State.OPEN ? "not known yet" : open.name() + " is missing";
        return sla(sla, open.state(), open.at(), reason);
    }

    private static Finding sla(Sla sla, State state, Instant at, String reason) {
        return new Finding(
                sla.name(), Kind.SLA, state, sla.within(), at, reason, List.of(), Optional.empty());
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
        return findings.stream().anyMatch(finding -> finding.state() == state);
    }

    private Instant decidedAt(Status status, List<Finding> findings, Instant deadline) {
        return switch (status) {
            case PENDING -> deadline;
            case FAILED ->
                    findings.stream()
                            .filter(finding -> finding.state() == State.MISSED)
                            .map(Finding::at)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
            case PASSED, INCONCLUSIVE ->
                    findings.stream()
                            .map(Finding::at)
                            .max(Comparator.naturalOrder())
                            .orElse(occurrence.at());
        };
    }

    private static String reason(Status status, List<Finding> findings) {
        State telling =
                switch (status) {
                    case PASSED -> State.MET;
                    case FAILED -> State.MISSED;
                    case PENDING -> State.OPEN;
                    case INCONCLUSIVE -> State.UNCERTAIN;
                };
        return String.join(
                "; ",
                findings.stream()
                        .filter(finding -> finding.state() == telling)
                        .map(finding -> finding.name() + " " + finding.reason())
                        .toList());
    }
}
