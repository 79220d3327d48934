package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.definition.DefinitionEvents;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The events by which this room speaks through the log, so that reading the log again tells the
 * same story. Nothing is kept elsewhere that cannot be had from them.
 */
public final class VerdictEvents {
    /** A verdict that was made: its cause is the trigger. */
    public static final String VERDICT = "audit.verdict";

    /** An expectation that came into force or was withdrawn. */
    public static final String EXPECTATION = ExpectationReader.EVENT;

    /** Reads and writes those. */
    public static final DefinitionEvents<Expectation> EXPECTATIONS =
            new DefinitionEvents<>(ExpectationReader.KIND);

    /**
     * A time in which events may have been lost, with the attributes {@code from}, {@code to} (RFC
     * 3339) and {@code reason}. We report our own absences; whoever drops events may report his.
     */
    public static final String GAP = "audit.gap";

    private VerdictEvents() {}

    /**
     * Whether an event is about judging or linking by what; none of those is evidence, or a
     * trigger.
     */
    public static boolean isOwn(AuditEvent event) {
        return switch (event.type()) {
            case VERDICT, EXPECTATION, GAP -> true;
            default -> DecisionEvents.isOwn(event);
        };
    }

    /** The id is made of occurrence and version, so however often it is sent, it is stored once. */
    public static AuditEvent verdict(String service, Verdict verdict) {
        return AuditEvent.builder(service, VERDICT)
                .id(verdict.id() + "-v" + verdict.version())
                .severity(severity(verdict))
                .occurredAt(verdict.decidedAt())
                .scenarioId(verdict.scenarioId())
                .causeId(verdict.triggerId())
                .message(verdict.expectation() + " " + verdict.status() + ": " + verdict.reason())
                .attribute("verdict_id", verdict.id())
                .attribute("version", (long) verdict.version())
                .attribute("status", verdict.status().name())
                .attribute("expectation", verdict.expectation())
                .attribute("expectation_version", verdict.expectationVersion())
                .attribute("scenario", verdict.scenario())
                .attribute("critical", verdict.critical())
                .attribute("deadline", verdict.deadline().toString())
                .build();
    }

    private static Severity severity(Verdict verdict) {
        return switch (verdict.status()) {
            case PASSED, PENDING -> Severity.INFO;
            case INCONCLUSIVE -> Severity.WARNING;
            case FAILED -> verdict.critical() ? Severity.CRITICAL : Severity.ERROR;
        };
    }

    public static AuditEvent gap(String service, Gap gap) {
        return AuditEvent.builder(service, GAP)
                .id("gap-" + Digest.hex(32, gap.from().toString(), gap.to().toString()))
                .severity(Severity.WARNING)
                .occurredAt(gap.from())
                .duration(Duration.between(gap.from(), gap.to()))
                .message(gap.reason() + " from " + gap.from() + " to " + gap.to())
                .attribute("from", gap.from().toString())
                .attribute("to", gap.to().toString())
                .attribute("reason", gap.reason())
                .build();
    }

    /** Reads a gap; empty if the event does not say from when to when. */
    public static Optional<Gap> gap(AuditEvent event) {
        Optional<Instant> from = Times.parse(event.attribute("from"));
        Optional<Instant> to = Times.parse(event.attribute("to"));
        if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
            return Optional.empty();
        }
        String reason = event.attribute("reason");
        return Optional.of(
                new Gap(from.get(), to.get(), reason.isEmpty() ? "events were lost" : reason));
    }
}
