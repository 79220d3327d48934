package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;

import java.util.ArrayList;
import java.util.List;

/**
 * A span that an event names as its cause: the parent of its own span, or one that it has a link
 * to. The link itself is nowhere on record: its cause is the event that stands for the span, see
 * {@link SpanIndex}.
 */
public record SpanCause(SpanKey span, Evidence evidence) {

    /** The spans that an event names, each once; a span is no cause of itself. */
    public static List<SpanCause> of(AuditEvent event) {
        boolean child = !event.traceId().isEmpty() && !event.parentSpanId().isEmpty();
        if (!child && event.links().isEmpty()) {
            return List.of();
        }
        List<SpanCause> causes = new ArrayList<>(1);
        if (child && !event.parentSpanId().equals(event.spanId())) {
            SpanKey parent = SpanKey.of(event.traceId(), event.parentSpanId());
            causes.add(new SpanCause(parent, Evidence.PARENT));
        }
        event.links().stream()
                .filter(link -> !isOwn(link, event))
                .map(link -> linked(SpanKey.of(link.traceId(), link.spanId())))
                .distinct()
                .forEach(causes::add);
        return causes;
    }

    private static SpanCause linked(SpanKey span) {
        return new SpanCause(span, new Evidence(Kind.EXPLICIT, span.toString()));
    }

    private static boolean isOwn(SpanLink link, AuditEvent event) {
        return link.traceId().equals(event.traceId()) && link.spanId().equals(event.spanId());
    }
}
