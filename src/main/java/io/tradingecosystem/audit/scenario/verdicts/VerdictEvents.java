package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.definition.DefinitionEvents;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.EvictionEvents;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The events by which this room speaks through the log, so that reading the log again tells the
 * same story. Nothing is kept elsewhere that cannot be had from them.
 */
public final class VerdictEvents {
    /** A verdict that was made: its cause is the trigger. */
    public static final String VERDICT = OwnWords.VERDICT;

    /** An expectation that came into force or was withdrawn. */
    public static final String EXPECTATION = ExpectationReader.EVENT;

    /** Reads and writes those. */
    public static final DefinitionEvents<Expectation> EXPECTATIONS =
            new DefinitionEvents<>(ExpectationReader.KIND);

    /**
     * A time in which events may have been lost, with the attributes {@code from}, {@code to} (RFC
     * 3339) and {@code reason}. We report our own absences; whoever drops events may report his, by
     * the call that is made for it.
     */
    public static final String GAP = OwnWords.GAP;

    /**
     * How much was left out to stay within bounds, with the attributes {@code part} ({@code
     * verdicts}), {@code dropped_events} and {@code closed_windows} since the last such event, the
     * same with {@code _total}, {@code sides} (those that dropped events, each with expectation and
     * part and up to which time, or from which on), and {@code max_held_events} and {@code
     * max_open_windows}.
     */
    public static final String EVICTION = EvictionEvents.TYPE;

    private static final String DROPPED_TOTAL = "dropped_events_total";
    private static final int MAX_SIDES = 50;
    private static final String CLOSED_TOTAL = "closed_windows_total";

    private VerdictEvents() {}

    /**
     * Whether an event is about judging or linking by what; none of those is evidence, or a
     * trigger.
     */
    public static boolean isOwn(AuditEvent event) {
        return switch (event.type()) {
            case VERDICT, EXPECTATION, GAP, EVICTION, DeadTime.TYPE -> true;
            default -> DecisionEvents.isOwn(event);
        };
    }

    /** The id is made of occurrence and version, so however often it is sent, it is stored once. */
    public static AuditEvent verdict(String service, Verdict verdict) {
        return AuditEvent.own(service, VERDICT)
                .id(OwnWords.id(verdict.id() + "-v" + verdict.version()))
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
        return AuditEvent.own(service, GAP)
                .id(
                        OwnWords.id(
                                "gap-"
                                        + Digest.hex(
                                                32, gap.from().toString(), gap.to().toString())))
                .severity(Severity.WARNING)
                .occurredAt(gap.from())
                .duration(Duration.between(gap.from(), gap.to()))
                .message(gap.reason() + " from " + gap.from() + " to " + gap.to())
                .attribute("from", gap.from().toString())
                .attribute("to", gap.to().toString())
                .attribute("reason", gap.reason())
                .build();
    }

    /** A loss that a service told us of: an event of that service, in our words. */
    public static AuditEvent gap(ReportedGap reported) {
        Gap gap = reported.gap();
        String id =
                OwnWords.id(
                        "gap-"
                                + Digest.hex(
                                        32,
                                        gap.from().toString(),
                                        gap.to().toString(),
                                        reported.service()));
        return reported.teller().on(gap(reported.service(), gap).toBuilder().id(id).build());
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
                new Gap(from.get(), to.get(), reason.isEmpty() ? Gap.DEFAULT_REASON : reason));
    }

    /**
     * Says how much was left out.
     *
     * @param total so far
     * @param before what of it was told earlier
     * @param sides the sides that dropped events; the first 50 are told
     */
    public static AuditEvent eviction(
            String service,
            Instant at,
            Eviction total,
            Eviction before,
            long maxHeld,
            long maxOpen,
            List<String> sides) {
        Eviction since = total.since(before);
        return EvictionEvents.of(service, "verdicts", at, total.toString())
                .message(
                        "joins dropped %d events to keep %d, and %d windows were closed early to keep %d open"
                                .formatted(
                                        since.droppedEvents(),
                                        maxHeld,
                                        since.closedWindows(),
                                        maxOpen))
                .attribute("dropped_events", since.droppedEvents())
                .attribute("closed_windows", since.closedWindows())
                .attribute(DROPPED_TOTAL, total.droppedEvents())
                .attribute(CLOSED_TOTAL, total.closedWindows())
                .attribute("sides", told(sides))
                .attribute("max_held_events", maxHeld)
                .attribute("max_open_windows", maxOpen)
                .build();
    }

    private static String told(List<String> sides) {
        String first = sides.stream().limit(MAX_SIDES).collect(Collectors.joining("; "));
        int more = sides.size() - MAX_SIDES;
        return more > 0 ? first + "; " + more + " more" : first;
    }

    /** Reads the totals of such an event; empty if it does not say them. */
    public static Optional<Eviction> evicted(AuditEvent event) {
        OptionalLong dropped = EvictionEvents.count(event, DROPPED_TOTAL);
        OptionalLong closed = EvictionEvents.count(event, CLOSED_TOTAL);
        return dropped.isPresent() && closed.isPresent()
                ? Optional.of(new Eviction(dropped.getAsLong(), closed.getAsLong()))
                : Optional.empty();
    }
}
