package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.comparison.Anchor.By;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Severity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A run that a test tells: events, spans and links, at milliseconds from its first event. */
final class RunOf {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final String id;
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<Run.Hop> hops = new ArrayList<>();

    RunOf(String id) {
        this.id = id;
    }

    RunOf event(String service, String type, long millis) {
        return add(builder(service, type, millis));
    }

    RunOf error(String service, String trace, String span, String message, long millis) {
        return say(service, trace, span, Severity.ERROR, message, millis);
    }

    RunOf say(
            String service,
            String trace,
            String span,
            Severity severity,
            String message,
            long millis) {
        return add(
                builder(service, "log", millis)
                        .traceId(trace)
                        .parentSpanId(span)
                        .severity(severity)
                        .message(message));
    }

    RunOf span(
            String service,
            String type,
            String trace,
            String span,
            String parent,
            long millis,
            long duration) {
        return add(
                builder(service, type, millis)
                        .traceId(trace)
                        .spanId(span)
                        .parentSpanId(parent)
                        .duration(Duration.ofMillis(duration)));
    }

    RunOf link(String rule, String from, String cause, String to, String effect, long delayMillis) {
        hops.add(
                new Run.Hop(
                        rule,
                        Optional.of(new Step(from, cause, "")),
                        new Step(to, effect, ""),
                        Duration.ofMillis(delayMillis).toNanos(),
                        true,
                        false));
        return this;
    }

    private AuditEventBuilder builder(String service, String type, long millis) {
        return AuditEvent.builder(service, type)
                .id(id + events.size())
                .occurredAt(START.plusMillis(millis));
    }

    private RunOf add(AuditEventBuilder event) {
        events.add(event.build());
        return this;
    }

    Run run() {
        List<AuditEvent> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparing(AuditEvent::occurredAt));
        AuditEvent first = ordered.getFirst();
        Anchor anchor = new Anchor(By.FIRST_EVENT, first.id(), first.occurredAt(), "");
        return new Run(
                id,
                anchor,
                ordered.getLast().occurredAt(),
                true,
                "",
                ordered.stream().map(event -> Fact.of(event, anchor)).toList(),
                hops,
                List.of());
    }

    Sample sample() {
        return Sample.of(run());
    }
}
