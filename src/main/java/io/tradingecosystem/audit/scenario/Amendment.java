package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What becomes of a verdict when its window is judged again. Before it is final a new version comes
 * with a change of status only; when it becomes so, and after, with any change.
 *
 * @param verdict the next verdict, or the last one if there is nothing new to say
 * @param stale whether something was seen that is not said before the verdict is final
 */
record Amendment(Verdict verdict, boolean stale) {

    /**
     * Judges whether there is something new.
     *
     * @param before reads the verdict as it stands
     * @param now as it was judged, of version 0
     * @param cause the event because of which it was judged
     */
    static Amendment of(
            Window window, Supplier<Verdict> before, Verdict now, Optional<AuditEvent> cause) {
        boolean pending = now.status() == Status.PENDING;
        if (window.standing().version() == 0) {
            Verdict said = window.firstJoin() == Window.OF_OLD ? underNewSemantics(now) : now;
            return new Amendment(pending ? said : said.withVersion(1), false);
        }
        Verdict last = before.get();
        if (last.isFinal() && !now.isFinal()) {
            // Word of a loss keeps it open until senders had their time to catch up.
            return new Amendment(last.asFinal(false), true);
        }
        boolean same = saysTheSame(last, now);
        if (!now.isFinal() && now.status() == last.status()) {
            return new Amendment(last, window.standing().stale() || !same);
        }
        return new Amendment(same ? last.asFinal(now.isFinal()) : next(last, now, cause), false);
    }

    private static Verdict next(Verdict last, Verdict now, Optional<AuditEvent> cause) {
        Duration lateBy =
                cause.filter(event -> last.isFinal())
                        .map(Amendment::lateness)
                        .orElse(Duration.ZERO);
        return now.with(
                last.version() + 1,
                now.isFinal(),
                lateBy,
                Deadlines.later(last.decidedAt(), now.decidedAt()));
    }

    private static boolean saysTheSame(Verdict last, Verdict now) {
        return now.status() == last.status()
                && now.reason().equals(last.reason())
                && now.findings().equals(last.findings());
    }

    /** How long after it ended an event was recorded; a span arrives when it ends. */
    private static Duration lateness(AuditEvent event) {
        Instant end = event.occurredAt().plus(event.duration());
        Duration late = Duration.between(end, event.recordedAt());
        return late.isNegative() ? Duration.ZERO : late;
    }

    private static Verdict underNewSemantics(Verdict verdict) {
        return withReason(
                verdict,
                verdict.status(),
                verdict.reason()
                        + "; judged by semantics "
                        + Referee.SEMANTICS
                        + ", as its window was open when they came");
    }

    /** A verdict that is made before its time, as too many windows are open. */
    static Verdict closed(Verdict last, long maxOpen) {
        return closed(
                last,
                "OPEN_WINDOWS: closed before it was over, as more than "
                        + maxOpen
                        + " windows were open");
    }

    /** A verdict that cannot be made any more, as nobody knows what its expectation meant. */
    static Verdict notUnderstood(Verdict last) {
        return closed(
                last,
                "NOT_UNDERSTOOD: another version put its expectation in force, which this one"
                        + " cannot understand");
    }

    private static Verdict closed(Verdict last, String reason) {
        if (last.status() != Status.PENDING) {
            return last.with(last.version(), true, last.lateBy(), last.decidedAt());
        }
        List<Finding> findings =
                last.findings().stream().map(finding -> closed(finding, reason)).toList();
        Verdict closed =
                new Verdict(
                        last.id(),
                        1,
                        last.expectation(),
                        last.expectationVersion(),
                        last.scenario(),
                        last.critical(),
                        last.scenarioId(),
                        last.triggerId(),
                        last.triggeredAt(),
                        Status.INCONCLUSIVE,
                        true,
                        Duration.ZERO,
                        last.deadline(),
                        last.deadline(),
                        reason,
                        findings);
        return closed;
    }

    private static Finding closed(Finding finding, String reason) {
        return finding.state() == State.OPEN
                ? new Finding(
                        finding.name(),
                        finding.kind(),
                        State.UNCERTAIN,
                        finding.limit(),
                        finding.at(),
                        reason,
                        finding.sightings(),
                        finding.nearestMiss())
                : finding;
    }

    private static Verdict withReason(Verdict verdict, Status status, String reason) {
        return new Verdict(
                verdict.id(),
                verdict.version(),
                verdict.expectation(),
                verdict.expectationVersion(),
                verdict.scenario(),
                verdict.critical(),
                verdict.scenarioId(),
                verdict.triggerId(),
                verdict.triggeredAt(),
                status,
                verdict.isFinal(),
                verdict.lateBy(),
                verdict.decidedAt(),
                verdict.deadline(),
                reason,
                verdict.findings());
    }
}
