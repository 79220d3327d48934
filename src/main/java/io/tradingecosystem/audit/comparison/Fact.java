package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import java.util.Set;

/**
 * What a comparison takes of an event, so that an event of many attributes does not stay in memory.
 *
 * @param id the event's id
 * @param step its kind
 * @param at nanoseconds since the run's anchor; negative before it
 * @param duration nanoseconds; 0 for a fact without extent
 * @param traceId empty without one
 * @param spanId empty if it is no span
 * @param parentId the span around it; empty without one
 * @param calling whether it is a call of another service, as seen by the caller
 * @param severity how grave
 * @param template its message without what varies; empty without one
 */
record Fact(
        String id,
        Step step,
        long at,
        long duration,
        String traceId,
        String spanId,
        String parentId,
        boolean calling,
        Severity severity,
        String template) {
    private static final Set<String> CALLS = Set.of("client", "producer");

    /** What is taken of an event, seen from an anchor. */
    static Fact of(AuditEvent event, Anchor anchor) {
        return new Fact(
                event.id(),
                Step.of(event),
                anchor.offset(event.occurredAt()),
                event.duration().toNanos(),
                event.traceId(),
                event.spanId(),
                event.parentSpanId(),
                CALLS.contains(event.attribute("span.kind")),
                event.severity(),
                MessageTemplate.of(event.message()));
    }

    String service() {
        return step.service();
    }

    boolean isSpan() {
        return !spanId.isEmpty();
    }

    boolean isError() {
        return severity.compareTo(Severity.ERROR) >= 0;
    }

    boolean isWarning() {
        return severity == Severity.WARNING;
    }

    /** Names its span among those of a run; two traces may use a span id. */
    String span() {
        return traceId + spanId;
    }

    /** Names the span around it. */
    String parent() {
        return parentId.isEmpty() ? "" : traceId + parentId;
    }

    long end() {
        return at + duration;
    }
}
