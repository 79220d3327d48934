package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The events that stand for spans: of the events of a span that are in the log the first by
 * occurred_at, and of those of the same nanosecond one that their ids choose, in whatever order
 * they came and however late. Client and server of one call may share a span: to the events of a
 * service the first of its own stands for the span, where there is one. Thread-safe.
 */
final class SpanIndex {
    /** Among so many events of a span one of a service is looked for. */
    private static final int MAX_OF_SPAN = 1_000;

    private final Projection projection;
    private final EventLog log;
    private final EventIndex index;

    SpanIndex(Projection projection, EventLog log, EventIndex index) {
        this.projection = projection;
        this.log = log;
        this.index = index;
    }

    /** Whether an event stands for the span that it is of, to whomever. */
    boolean isFirst(AuditEvent event) {
        return !stoodFor(List.of(event)).isEmpty();
    }

    /** The spans that some events stand for, by the positions of these. */
    Map<Long, SpanKey> stoodFor(List<AuditEvent> events) {
        Map<SpanKey, Set<String>> wanted = new HashMap<>();
        events.forEach(event -> SpanKey.of(event).ifPresent(span -> want(span, event, wanted)));
        Map<SpanKey, SpanEvents> found = first(wanted, events);
        Map<Long, SpanKey> stood = new HashMap<>();
        for (AuditEvent event : events) {
            SpanKey.of(event)
                    .filter(span -> stands(event, Optional.ofNullable(found.get(span))))
                    .ifPresent(span -> stood.put(event.position(), span));
        }
        return stood;
    }

    private static boolean stands(AuditEvent event, Optional<SpanEvents> firsts) {
        return firsts.map(each -> each.ofService(event))
                .filter(each -> each.position() == event.position())
                .isPresent();
    }

    /** Adds a service to those of whose events it matters what stands for a span. */
    static void want(SpanKey span, AuditEvent event, Map<SpanKey, Set<String>> wanted) {
        wanted.computeIfAbsent(span, each -> new HashSet<>()).add(event.service());
    }

    /**
     * What stands for a span.
     *
     * @param first to everybody who has none of the own service
     * @param own to those of other services, by these
     */
    record SpanEvents(AuditEvent first, Map<String, AuditEvent> own) {
        SpanEvents {
            own = Map.copyOf(own);
        }

        /** To an event that names it; a link to a span is one to whoever made it. */
        AuditEvent to(SpanCause cause, AuditEvent event) {
            return cause.evidence().equals(Evidence.PARENT) ? ofService(event) : first;
        }

        private AuditEvent ofService(AuditEvent event) {
            return own.getOrDefault(event.service(), first);
        }
    }

    /**
     * The events that stand for spans, as far as there are any.
     *
     * @param wanted the spans, with the services that name them
     * @param atHand events that need not be fetched
     */
    Map<SpanKey, SpanEvents> first(Map<SpanKey, Set<String>> wanted, List<AuditEvent> atHand) {
        Map<SpanKey, AuditEvent> first = named(wanted.keySet(), atHand);
        Map<SpanKey, AuditEvent> own = Map.copyOf(first);
        recorded(wanted.keySet(), atHand)
                .forEach((span, event) -> first.merge(span, event, SpanIndex::earlier));
        Map<SpanKey, SpanEvents> found = new HashMap<>();
        first.forEach(
                (span, event) ->
                        found.put(
                                span,
                                Set.of(event.service()).containsAll(wanted.get(span))
                                        ? new SpanEvents(event, Map.of())
                                        : shared(span, event, Optional.ofNullable(own.get(span)))));
        return found;
    }

    /** The first of each service. */
    private SpanEvents shared(SpanKey span, AuditEvent first, Optional<AuditEvent> named) {
        Map<String, AuditEvent> own = new HashMap<>();
        named.ifPresent(event -> own.put(event.service(), event));
        index.at(positions(span, MAX_OF_SPAN, Set.of())).stream()
                .flatMap(Optional::stream)
                .filter(event -> isOf(event, span))
                .forEach(event -> own.merge(event.service(), event, SpanIndex::earlier));
        return new SpanEvents(first, own);
    }

    /** Those whose id is their span's: nothing but the id says of which span they are. */
    private Map<SpanKey, AuditEvent> named(Set<SpanKey> spans, List<AuditEvent> atHand) {
        Map<String, SpanKey> wanted = new HashMap<>();
        spans.forEach(span -> wanted.put(span.eventId(), span));
        Map<String, AuditEvent> known = new HashMap<>();
        atHand.forEach(event -> known.put(event.id(), event));
        long last = projection.position();
        index.byIds(wanted.keySet().stream().filter(id -> !known.containsKey(id)).toList()).stream()
                .flatMap(Optional::stream)
                .forEach(event -> known.put(event.id(), event));
        Map<SpanKey, AuditEvent> found = new HashMap<>();
        wanted.forEach(
                (id, span) ->
                        Optional.ofNullable(known.get(id))
                                .filter(event -> event.position() <= last && isOf(event, span))
                                .ifPresent(event -> found.put(span, event)));
        return found;
    }

    /** Those of which there is a record. */
    private Map<SpanKey, AuditEvent> recorded(Set<SpanKey> spans, List<AuditEvent> atHand) {
        Map<SpanKey, AuditEvent> found = new HashMap<>();
        Map<Long, AuditEvent> known = new HashMap<>();
        atHand.forEach(event -> known.put(event.position(), event));
        Map<SpanKey, Long> positions = new HashMap<>();
        for (SpanKey span : spans) {
            position(span, Set.of()).ifPresent(position -> positions.put(span, position));
        }
        fetch(new HashSet<>(positions.values()), known);
        positions.forEach(
                (span, position) ->
                        Optional.ofNullable(known.get(position))
                                .filter(event -> isOf(event, span))
                                .or(() -> next(span, position))
                                .ifPresent(event -> found.put(span, event)));
        return found;
    }

    /** The order of the records of one span. */
    private static AuditEvent earlier(AuditEvent one, AuditEvent other) {
        return Arrays.compareUnsigned(key(one), key(other)) <= 0 ? one : other;
    }

    private static byte[] key(AuditEvent event) {
        long at = Times.toEpochNanos(event.occurredAt());
        return LinkKeys.spanEvent(
                SpanKey.of(event).orElseThrow(), at, event.id(), event.position());
    }

    private void fetch(Set<Long> positions, Map<Long, AuditEvent> known) {
        List<Long> missing = positions.stream().filter(each -> !known.containsKey(each)).toList();
        index.at(missing).stream()
                .flatMap(Optional::stream)
                .forEach(event -> known.put(event.position(), event));
    }

    /** Where another span has the same hash, or retention removed an event meanwhile. */
    private Optional<AuditEvent> next(SpanKey span, long passed) {
        Set<Long> others = new HashSet<>(Set.of(passed));
        OptionalLong position = position(span, others);
        while (position.isPresent()) {
            Optional<AuditEvent> event = index.at(position.getAsLong());
            if (event.filter(each -> isOf(each, span)).isPresent()) {
                return event;
            }
            others.add(position.getAsLong());
            position = position(span, others);
        }
        return Optional.empty();
    }

    private static boolean isOf(AuditEvent event, SpanKey span) {
        return SpanKey.of(event).equals(Optional.of(span));
    }

    private OptionalLong position(SpanKey span, Set<Long> others) {
        return positions(span, 1, others).stream().mapToLong(Long::longValue).findFirst();
    }

    private List<Long> positions(SpanKey span, int max, Set<Long> others) {
        long first = log.firstPosition();
        List<Long> found = new ArrayList<>(1);
        byte[] prefix = LinkKeys.spanEvents(span);
        projection.scan(
                prefix,
                prefix,
                (key, value) -> {
                    long position = LinkKeys.eventOfSpan(key);
                    if (position >= first && !others.contains(position)) {
                        found.add(position);
                    }
                    return found.size() < max;
                });
        return found;
    }
}
