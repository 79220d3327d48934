package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.ParentEffects;
import io.tradingecosystem.audit.correlation.links.SpanCause;
import io.tradingecosystem.audit.correlation.links.SpanKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventLog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records by which the links of spans are found: the events of a span, and the effects that
 * name it as their cause. Both follow from one event each, so nothing is read to write them, and no
 * event waits for another. For the one thread that links.
 */
final class SpanRecords {
    private static final byte[] NOTHING = {};

    private final LinkStoreWriter writer;
    private final SpanSweep sweep;

    /** By their buckets. */
    private final Map<Long, ParentEffects.Batch> parents = new HashMap<>();

    SpanRecords(LinkStoreWriter writer) {
        this.writer = writer;
        this.sweep = new SpanSweep(writer);
    }

    /** Takes in an event; tells those who watch that links may follow from it. */
    void enter(AuditEvent event) {
        List<SpanCause> causes = SpanCause.of(event);
        if (put(event, causes)) {
            writer.sequence(BigEndian.of(event.position()));
            causes.forEach(cause -> writer.count(cause.evidence()));
        }
    }

    /** Whether a version without such records linked events that have none yet. */
    boolean isFilled() {
        LinkCounters counters = writer.counters();
        return counters.spansUpTo >= counters.spansBefore;
    }

    /** Gives some of those events their records; goes on behind them. */
    void fill(EventLog log, int max) {
        LinkCounters counters = writer.counters();
        List<AuditEvent> events = log.read(counters.spansUpTo, max);
        events.stream()
                .filter(event -> event.position() <= counters.spansBefore)
                .forEach(event -> put(event, SpanCause.of(event)));
        counters.spansUpTo = events.isEmpty() ? counters.spansBefore : events.getLast().position();
    }

    private boolean put(AuditEvent event, List<SpanCause> causes) {
        long at = Times.toEpochNanos(event.occurredAt());
        SpanKey.of(event).ifPresent(span -> put(event, span, at));
        causes.forEach(cause -> put(event, cause, at));
        return !causes.isEmpty() || SpanKey.of(event).isPresent();
    }

    /** Writes what many events share; before each commit. */
    void write() {
        parents.values().forEach(batch -> writer.put(batch.key(), batch.value()));
        parents.clear();
    }

    private void put(AuditEvent event, SpanKey span, long at) {
        if (isSingle(event) || !event.id().equals(span.eventId())) {
            writer.put(LinkKeys.spanEvent(span, at, event.id(), event.position()), NOTHING);
        }
    }

    /** Whether it has all keys of its own, as it had in the version that took it in. */
    private boolean isSingle(AuditEvent event) {
        return event.position() <= writer.counters().singlyTo;
    }

    private void put(AuditEvent event, SpanCause cause, long at) {
        long effect = event.position();
        writer.put(LinkKeys.ofSpan(cause.span(), at, effect), NOTHING);
        if (!cause.evidence().equals(Evidence.PARENT)) {
            writer.put(LinkKeys.ofSpanLink(at, effect), NOTHING);
        } else if (isSingle(event)) {
            writer.put(LinkKeys.ofParent(at, effect), NOTHING);
        } else {
            parents.computeIfAbsent(ParentEffects.bucket(at), ParentEffects.Batch::new)
                    .add(at, effect);
        }
    }

    /** Removes some records of events before a position; whether none is left. */
    boolean sweep(long first) {
        return sweep.step(first);
    }
}
