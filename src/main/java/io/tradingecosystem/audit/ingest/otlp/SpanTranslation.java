package io.tradingecosystem.audit.ingest.otlp;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.SharedSpan;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spans as events, and their span events as events of their own.
 *
 * <p>Ids are derived, so that the same span sent again is the same event: a span's is {@code <trace
 * id>-<span id>}, that of its span event number n, from 0, {@code <trace id>-<span id>-n}. Of two
 * spans of different kinds that share both ids, as Zipkin's client and server spans do, the one
 * that comes second has its kind behind the span id.
 *
 * <p>Names follow OpenTelemetry's mapping to formats other than its own ({@code
 * otel.dropped_attributes_count}, {@code w3c.tracestate}). Immutable.
 */
final class SpanTranslation {
    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final String KIND = "span.kind";

    private final EventAliases aliases;
    private final EventLimits limits;

    SpanTranslation(EventAliases aliases, EventLimits limits) {
        this.aliases = requireNonNull(aliases, "aliases is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    /** Translates every span, in order, each followed by its span events. */
    void translate(List<ResourceSpans> resources, Sink sink) {
        translate(resources, false, sink);
    }

    /**
     * The same.
     *
     * @param shared whether it is known of the spans that they have the ids of their callers
     */
    void translate(List<ResourceSpans> resources, boolean shared, Sink sink) {
        for (ResourceSpans resource : resources) {
            Origin origin = Origin.of(resource.getResource(), resource.getSchemaUrl(), resource);
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                Origin within = origin.within(scope.getScope(), scope.getSchemaUrl(), scope);
                for (Span span : scope.getSpansList()) {
                    translate(span, within, shared, sink);
                }
            }
        }
    }

    private void translate(Span span, Origin origin, boolean shared, Sink sink) {
        boolean known =
                Draft.isId(span.getTraceId(), TRACE_ID) && Draft.isId(span.getSpanId(), SPAN_ID);
        String traceId = known ? Draft.hex(span.getTraceId()) : "";
        String spanId = known ? Draft.hex(span.getSpanId()) : "";
        String id = known ? traceId + "-" + spanId : "";
        SpanIds own = new SpanIds(id, traceId, spanId);
        boolean beside = shared && known && !kind(span).isEmpty();
        SpanIds ids = beside ? own.beside(kind(span)) : own;
        Draft event = event(span, origin, ids);
        if (beside) {
            event.event().causeId(id);
        }
        sink.record(event.candidate(), stored -> beside(stored, span, origin, ids));
        List<KeyValue> flow = span.getEventsCount() == 0 ? List.of() : flow(span);
        for (int i = 0; i < span.getEventsCount(); i++) {
            Span.Event detail = span.getEvents(i);
            String number = known ? "-" + i : "";
            sink.detail(
                    spanEvent(detail(span, origin, ids, number), detail, flow, origin),
                    stored -> {
                        SpanIds others = ids.beside(kind(span));
                        Draft draft = detail(span, origin, others, number);
                        return Optional.of(spanEvent(draft, detail, flow, origin));
                    });
        }
    }

    /**
     * @param event the id of the span's event
     */
    private record SpanIds(String event, String trace, String span) {
        SpanIds beside(String kind) {
            return new SpanIds(event + "-" + kind, trace, span);
        }
    }

    private Draft detail(Span span, Origin origin, SpanIds ids, String number) {
        Draft draft = new Draft(ids.event() + number, origin, aliases);
        requireIds(draft, span);
        draft.event().traceId(ids.trace()).parentSpanId(ids.span());
        return draft;
    }

    /** A span of another kind than the one that has its id, and what either led to the other. */
    private Optional<Candidate> beside(AuditEvent stored, Span span, Origin origin, SpanIds ids) {
        String own = kind(span);
        AttributeValue value = stored.attributes().get(KIND);
        String other = value == null ? "" : value.asText();
        if (own.isEmpty() || own.equals(other)) {
            return Optional.empty();
        }
        Draft draft = event(span, origin, ids.beside(own));
        if (leadsTo(other, own)) {
            draft.event().causeId(stored.id());
        } else if (leadsTo(own, other)) {
            draft.reported(SharedSpan.EFFECT_ID, stored.id());
        }
        return Optional.of(draft.candidate());
    }

    private static boolean leadsTo(String cause, String effect) {
        return (cause.equals("client") && effect.equals("server"))
                || (cause.equals("producer") && effect.equals("consumer"));
    }

    /**
     * What says to which flow or chaos run a span belongs; its span events belong to it as well.
     */
    private List<KeyValue> flow(Span span) {
        Map<String, KeyValue> flow = new LinkedHashMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            if (aliases.meansFlow(attribute.getKey())) {
                flow.putIfAbsent(attribute.getKey(), attribute);
            }
        }
        return List.copyOf(flow.values());
    }

    private Draft event(Span span, Origin origin, SpanIds ids) {
        Draft draft = new Draft(ids.event(), origin, aliases);
        requireIds(draft, span);
        draft.event().traceId(ids.trace()).spanId(ids.span());
        parent(draft, span.getParentSpanId());
        draft.own(span.getAttributesList());
        draft.type(span.getName(), "span.name", Convention.ofSpan(draft.own())).service();
        times(draft, span);
        draft.reported(KIND, kind(span));
        status(draft, span);
        links(draft, span.getLinksList());
        draft.reported("w3c.tracestate", span.getTraceState())
                .reported("otel.flags", span.getFlags())
                .reported("otel.dropped_attributes_count", span.getDroppedAttributesCount())
                .reported("otel.dropped_events_count", span.getDroppedEventsCount())
                .reported("otel.dropped_links_count", span.getDroppedLinksCount())
                .unknownFields(span);
        return draft.shared(origin, limits);
    }

    private Candidate spanEvent(Draft draft, Span.Event event, List<KeyValue> flow, Origin origin) {
        draft.own(event.getAttributesList());
        return draft.type(
                        event.getName(),
                        "span.event.name",
                        Convention.ofSpanEvent(event.getName(), draft.own()))
                .service()
                .occurredAt(event.getTimeUnixNano(), "time_unix_nano")
                .reported("otel.dropped_attributes_count", event.getDroppedAttributesCount())
                .unknownFields(event)
                .inherited(flow)
                .shared(origin, limits)
                .candidate();
    }

    /** Without its ids a span could not be told from another, nor from itself sent again. */
    private static void requireIds(Draft draft, Span span) {
        requireId(draft, "trace_id", span.getTraceId(), TRACE_ID);
        requireId(draft, "span_id", span.getSpanId(), SPAN_ID);
    }

    private static void requireId(Draft draft, String field, ByteString id, int length) {
        if (!Draft.isId(id, length)) {
            draft.refuse(
                    Reason.BAD_TRACE_CONTEXT,
                    field
                            + " of a span is to be "
                            + length
                            + " bytes that are not all zero; here "
                            + BadId.told(id)
                                    .map(told -> "is \"" + told + "\"")
                                    .orElse("are " + id.size())
                            + (id.size() == length ? " that are" : ""));
        }
    }

    private static void parent(Draft draft, ByteString parent) {
        if (parent.isEmpty() || parent.size() == SPAN_ID) {
            draft.event().parentSpanId(Draft.hex(parent));
        } else {
            requireId(draft, "parent_span_id", parent, SPAN_ID);
        }
    }

    private static void times(Draft draft, Span span) {
        long start = span.getStartTimeUnixNano();
        long end = span.getEndTimeUnixNano();
        draft.occurredAt(start, "start_time_unix_nano");
        if (end < 0) {
            draft.occurredAt(end, "end_time_unix_nano");
        } else if (start == 0) {
            draft.occurredAt(end, "end_time_unix_nano");
        } else if (end >= start) {
            draft.event().duration(Duration.ofNanos(end - start));
        } else if (end > 0) {
            // A clock that was set back: the span has no duration to tell, yet it happened.
            draft.reported("span.end_time", Times.ofEpochNanos(end).toString());
        }
    }

    private static String kind(Span span) {
        return switch (span.getKind()) {
            case SPAN_KIND_UNSPECIFIED -> "";
            case SPAN_KIND_INTERNAL -> "internal";
            case SPAN_KIND_SERVER -> "server";
            case SPAN_KIND_CLIENT -> "client";
            case SPAN_KIND_PRODUCER -> "producer";
            case SPAN_KIND_CONSUMER -> "consumer";
            case UNRECOGNIZED -> Integer.toString(span.getKindValue());
        };
    }

    private static void status(Draft draft, Span span) {
        StatusCode code = span.getStatus().getCode();
        switch (code) {
            case STATUS_CODE_UNSET -> {}
            case STATUS_CODE_OK -> draft.reported("otel.status_code", "OK");
            case STATUS_CODE_ERROR -> {
                draft.reported("otel.status_code", "ERROR");
                draft.event().severity(Severity.ERROR);
            }
            case UNRECOGNIZED ->
                    draft.reported(
                            "otel.status_code", Integer.toString(span.getStatus().getCodeValue()));
        }
        if (!span.getStatus().getMessage().isEmpty()) {
            draft.event().message(span.getStatus().getMessage());
        }
    }

    /**
     * Links that say more than two ids, or have none that can be followed, are kept as they are.
     */
    private static void links(Draft draft, List<Span.Link> links) {
        List<SpanLink> plain = new ArrayList<>();
        List<AttributeValue> full = new ArrayList<>();
        for (Span.Link link : links) {
            boolean valid =
                    Draft.isId(link.getTraceId(), TRACE_ID)
                            && Draft.isId(link.getSpanId(), SPAN_ID);
            if (valid) {
                plain.add(new SpanLink(Draft.hex(link.getTraceId()), Draft.hex(link.getSpanId())));
            }
            boolean more =
                    !link.getTraceState().isEmpty()
                            || link.getAttributesCount() > 0
                            || link.getDroppedAttributesCount() != 0
                            || link.getFlags() != 0
                            || !link.getUnknownFields().asMap().isEmpty();
            if (more || !valid) {
                full.add(full(link));
            }
        }
        draft.event().links(plain);
        if (!full.isEmpty()) {
            draft.reported("otel.links", new AttributeValue.Sequence(full));
        }
    }

    private static AttributeValue full(Span.Link link) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put("trace_id", new AttributeValue.Text(Draft.hex(link.getTraceId())));
        values.put("span_id", new AttributeValue.Text(Draft.hex(link.getSpanId())));
        if (!link.getTraceState().isEmpty()) {
            values.put("trace_state", new AttributeValue.Text(link.getTraceState()));
        }
        if (link.getFlags() != 0) {
            values.put("flags", whole(link.getFlags()));
        }
        if (link.getAttributesCount() > 0) {
            values.put("attributes", AnyValues.mapping(link.getAttributesList()));
        }
        if (link.getDroppedAttributesCount() != 0) {
            values.put("dropped_attributes_count", whole(link.getDroppedAttributesCount()));
        }
        if (!link.getUnknownFields().asMap().isEmpty()) {
            values.put(
                    "unknown_fields",
                    AttributeValue.Bytes.of(link.getUnknownFields().toByteArray()));
        }
        return new AttributeValue.Mapping(values);
    }

    private static AttributeValue whole(int unsigned) {
        return new AttributeValue.Whole(Integer.toUnsignedLong(unsigned));
    }
}
