package io.tradingecosystem.audit.api.jaeger;

import static java.util.Objects.requireNonNullElse;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace as Jaeger knows one. An event with a span id is a span; one without, whose parent is a
 * span of the trace, is a log of that span; any other is a span of its own without extent, whose id
 * is made of the event's. So nothing of a trace is left out. Immutable.
 *
 * @param id 32 hex digits
 * @param spans in the order of their starts
 * @param isCut whether the trace has more events than were read
 */
record Trace(String id, List<Span> spans, boolean isCut) {
    private static final int SPAN_DIGITS = 16;

    Trace {
        spans = List.copyOf(spans);
    }

    /**
     * A span.
     *
     * @param id 16 hex digits
     * @param event what it is made of
     * @param logs events without a span id, in time order
     */
    record Span(String id, AuditEvent event, List<AuditEvent> logs) {
        Span {
            logs = List.copyOf(logs);
        }
    }

    /** Makes a trace of its events, in any order. */
    static Trace of(String id, List<AuditEvent> events, boolean isCut) {
        List<AuditEvent> ordered = new ArrayList<>(events);
        ordered.sort(
                Comparator.comparing(AuditEvent::occurredAt)
                        .thenComparingLong(AuditEvent::position));
        Map<String, List<AuditEvent>> logs = new HashMap<>();
        ordered.forEach(event -> logs.putIfAbsent(event.spanId(), new ArrayList<>()));
        logs.remove("");
        List<AuditEvent> spans = new ArrayList<>();
        for (AuditEvent event : ordered) {
            List<AuditEvent> ofParent = logs.get(event.parentSpanId());
            if (event.spanId().isEmpty() && ofParent != null) {
                ofParent.add(event);
            } else {
                spans.add(event);
            }
        }
        return new Trace(id, spans.stream().map(span -> span(span, logs)).toList(), isCut);
    }

    /** Of spans that share an id, as client and server in Zipkin's way, the first has the logs. */
    private static Span span(AuditEvent event, Map<String, List<AuditEvent>> logs) {
        if (event.spanId().isEmpty()) {
            return new Span(madeId(event), event, List.of());
        }
        List<AuditEvent> own = logs.put(event.spanId(), List.of());
        return new Span(event.spanId(), event, requireNonNullElse(own, List.of()));
    }

    /** The id of the span that an event without one stands for. */
    static String madeId(AuditEvent event) {
        return Digest.hex(SPAN_DIGITS, event.id());
    }
}
