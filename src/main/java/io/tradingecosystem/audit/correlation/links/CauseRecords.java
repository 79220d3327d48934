package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.SpanIndex.SpanEvents;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known about the causes of events: what is on record, and what follows from the spans
 * that they name. Thread-safe.
 */
final class CauseRecords {
    private final Projection projection;
    private final EventIndex index;
    private final SpanIndex spans;

    CauseRecords(Projection projection, EventLog log, EventIndex index) {
        this.projection = projection;
        this.index = index;
        this.spans = new SpanIndex(projection, log, index);
    }

    SpanIndex spans() {
        return spans;
    }

    Optional<EffectCauses> at(long position) {
        return at(List.of(position)).getFirst();
    }

    /** The same for many at once, in their order. */
    List<Optional<EffectCauses>> at(List<Long> positions) {
        return of(positions, index.at(positions));
    }

    List<Optional<EffectCauses>> of(List<AuditEvent> events) {
        return of(
                events.stream().map(AuditEvent::position).toList(),
                events.stream().map(Optional::of).toList());
    }

    private List<Optional<EffectCauses>> of(
            List<Long> positions, List<Optional<AuditEvent>> events) {
        List<Optional<byte[]>> records =
                projection.get(positions.stream().map(LinkKeys::effectCauses).toList());
        Map<SpanKey, SpanEvents> firsts =
                firsts(events.stream().flatMap(Optional::stream).toList());
        List<Optional<EffectCauses>> all = new ArrayList<>(positions.size());
        for (int i = 0; i < positions.size(); i++) {
            Optional<EffectCauses> stored = records.get(i).map(EffectCausesCodec::read);
            all.add(
                    events.get(i)
                            .filter(event -> !firsts.isEmpty())
                            .map(event -> withSpans(event, stored, firsts))
                            .orElse(stored));
        }
        return all;
    }

    /** What stands for the spans that events name; of one that is not worked in none is known. */
    private Map<SpanKey, SpanEvents> firsts(List<AuditEvent> events) {
        long last = projection.position();
        Map<SpanKey, Set<String>> named = new HashMap<>();
        for (AuditEvent event : events) {
            if (event.position() <= last) {
                SpanCause.of(event).forEach(cause -> SpanIndex.want(cause.span(), event, named));
            }
        }
        return named.isEmpty() ? Map.of() : spans.first(named, events);
    }

    private Optional<EffectCauses> withSpans(
            AuditEvent event, Optional<EffectCauses> stored, Map<SpanKey, SpanEvents> firsts) {
        EffectCauses all =
                stored.orElseGet(
                        () ->
                                new EffectCauses(
                                        event.position(),
                                        event.id(),
                                        Times.toEpochNanos(event.occurredAt())));
        for (SpanCause cause : SpanCause.of(event)) {
            SpanEvents first = firsts.get(cause.span());
            if (first != null) {
                all.set(cause.evidence(), only(first.to(cause, event)));
            }
        }
        return Optional.of(all).filter(each -> !each.isEmpty());
    }

    private static CauseSet only(AuditEvent first) {
        long at = Times.toEpochNanos(first.occurredAt());
        Cause cause = new Cause(first.id(), at, first.position(), 1);
        return new CauseSet(ConfidenceTerms.REPORTED, false, List.of(cause));
    }
}
