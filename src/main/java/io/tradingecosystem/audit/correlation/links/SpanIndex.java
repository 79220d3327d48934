package io.tradingecosystem.audit.correlation.links;

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
import java.util.stream.Collectors;

/**
 * The events that stand for spans: of the events of a span that are in the log the first by
 * occurred_at, and of those of the same nanosecond one that their ids choose, in whatever order
 * they came and however late. Thread-safe.
 */
final class SpanIndex {
    private final Projection projection;
    private final EventLog log;
    private final EventIndex index;

    SpanIndex(Projection projection, EventLog log, EventIndex index) {
        this.projection = projection;
        this.log = log;
        this.index = index;
    }

    /** Whether an event stands for the span that it is of. */
    boolean isFirst(AuditEvent event) {
        return !stoodFor(List.of(event)).isEmpty();
    }

    /** The spans that some events stand for, by the positions of these. */
    Map<Long, SpanKey> stoodFor(List<AuditEvent> events) {
        Set<SpanKey> spans =
                events.stream()
                        .flatMap(event -> SpanKey.of(event).stream())
                        .collect(Collectors.toSet());
        Map<Long, SpanKey> stood = new HashMap<>();
        first(spans, events).forEach((span, first) -> stood.put(first.position(), span));
        stood.keySet().retainAll(events.stream().map(AuditEvent::position).toList());
        return stood;
    }

    /**
     * The events that stand for spans, as far as there are any.
     *
     * @param atHand events that need not be fetched
     */
    Map<SpanKey, AuditEvent> first(Set<SpanKey> spans, List<AuditEvent> atHand) {
        Map<SpanKey, AuditEvent> found = named(spans, atHand);
        recorded(spans, atHand)
                .forEach((span, event) -> found.merge(span, event, SpanIndex::earlier));
        return found;
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
                    return found.isEmpty();
                });
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
    }
}
