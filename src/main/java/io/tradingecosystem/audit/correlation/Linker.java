package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.PendingCodec.Stored;
import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Causes;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Way;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.correlation.rules.Confidence;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes events in the order of the log and links them, each with those that came before it. Its
 * clock is the log's, the latest recorded_at, so that the same log gives the same links whenever
 * and in whatever portions it is read. For one thread.
 */
final class Linker {
    private static final EventLogger LOG = EventLogger.of(Linker.class);

    /** Of a span with more events than these, one of the first recorded stands for it. */
    private static final int MOST_FIRSTS = 100;

    private final LinkStoreWriter ledger;
    private final EventIndex index;
    private final WindowCheckpoints sheets;
    private final CorrelationWindow memory;
    private final Rules rules;

    private Linker(Projection projection, EventIndex index, LinkBounds bounds) {
        this.ledger = LinkStoreWriter.of(projection);
        this.index = index;
        this.sheets = new WindowCheckpoints(ledger);
        this.memory = new CorrelationWindow(bounds, this::forgotten);
        this.rules = new Rules(ledger, memory, bounds);
        sheets.read().forEach(this::recall);
        memory.expire(ledger.counters().now);
    }

    /** Goes on where the projection stopped. */
    static Linker of(Projection projection, EventIndex index, LinkBounds bounds) {
        return new Linker(projection, index, bounds);
    }

    /** Remembers an event again, as it was with the last commit. */
    private void recall(Stored stored) {
        PendingEvent event = stored.event();
        if (event.position() > ledger.counters().evictedTo) {
            stored.recall(memory);
        }
        if (event.isIdle()) {
            sheets.forget(event);
            return;
        }
        memory.add(event);
        for (Pending role : event.roles()) {
            // A sheet is not written anew when what an event waited for has come.
            if (role instanceof AwaitedCause
                    && !ledger.stored(event).causes(Way.NAMED).causes().isEmpty()) {
                memory.release(role);
            }
        }
    }

    private void forgotten(PendingEvent event) {
        ledger.forget(event);
        sheets.forget(event);
    }

    LinkStoreWriter ledger() {
        return ledger;
    }

    Rules rules() {
        return rules;
    }

    int remembered() {
        return memory.size();
    }

    /** Takes in one event; what it changes is to be committed. */
    void accept(AuditEvent event) {
        long recordedAt = Times.toEpochNanos(event.recordedAt());
        ledger.enter(event.position(), recordedAt);
        ledger.counters().now = Math.max(ledger.counters().now, recordedAt);
        memory.expire(ledger.counters().now);
        PendingEvent arrived = PendingEvent.of(event, ledger.counters().now);
        switch (event.type()) {
            case LinkEvents.RULE -> rules.define(event);
            case LinkEvents.LINK -> told(event);
            default -> link(event, arrived);
        }
    }

    private void link(AuditEvent event, PendingEvent arrived) {
        match(event, arrived);
        named(event, arrived);
        if (!event.traceId().isEmpty()) {
            spans(event, arrived);
        }
        linkedSpans(event, arrived);
        if (arrived.isIdle()) {
            return;
        }
        memory.add(arrived);
        sheets.add(arrived, memory.hold(arrived));
        int evicted = memory.evict();
        if (evicted > 0) {
            ledger.counters().evicted += evicted;
            ledger.counters().evictedTo = memory.evictedTo();
        }
    }

    /** Commits what has changed. Gives the links that were found. */
    List<LinkStoreWriter.Found> commit() {
        sheets.write();
        return ledger.commit();
    }

    private void match(AuditEvent event, PendingEvent arrived) {
        for (RuleSide side : rules.sides(event.type())) {
            OptionalLong join = side.join(event);
            if (join.isPresent()) {
                RuleState rule = side.rule();
                RuleMatch sighting = memory.see(arrived, side, join.getAsLong());
                rule.resolve(
                        rule.touched(sighting),
                        sighting.join(),
                        effect -> ledger.dossier(effect).causes(rule.way()),
                        (effect, causes) -> ledger.set(ledger.dossier(effect), rule.way(), causes));
                ledger.counters().cut += rule.takeCrowdedOut();
            }
        }
    }

    /** What the sender named as the cause, and what others named this as. */
    private void named(AuditEvent event, PendingEvent arrived) {
        for (AwaitedCause waiting : memory.awaiting(event.id())) {
            one(waiting.event(), Way.NAMED, arrived.asCause());
            memory.release(waiting);
        }
        if (event.causeId().isEmpty() || event.causeId().equals(event.id())) {
            return;
        }
        // The index may know more than was read so far; what is behind us has not come yet.
        Optional<AuditEvent> cause =
                index.byId(event.causeId()).filter(c -> c.position() < event.position());
        cause.ifPresentOrElse(
                known -> one(arrived, Way.NAMED, PendingEvent.of(known).asCause()),
                () -> memory.await(arrived, event.causeId()));
    }

    private void spans(AuditEvent event, PendingEvent arrived) {
        if (!event.spanId().isEmpty()) {
            enter(memory.span(SpanKey.of(event.traceId(), event.spanId())), arrived);
        }
        if (!event.parentSpanId().isEmpty() && !event.parentSpanId().equals(event.spanId())) {
            inherit(SpanKey.of(event.traceId(), event.parentSpanId()), arrived, true);
        }
    }

    private void linkedSpans(AuditEvent event, PendingEvent arrived) {
        for (SpanLink link : event.links()) {
            boolean own =
                    link.traceId().equals(event.traceId()) && link.spanId().equals(event.spanId());
            if (!own) {
                inherit(SpanKey.of(link.traceId(), link.spanId()), arrived, false);
            }
        }
    }

    private void enter(SpanState span, PendingEvent arrived) {
        if (span.events().size() == MOST_FIRSTS) {
            return;
        }
        memory.enter(arrived, span);
        if (span.events().get(0) == arrived) {
            for (SpanChild heir : span.heirs()) {
                earliest(heir.event(), heir.way(), arrived.asCause());
            }
        }
    }

    private void inherit(SpanKey key, PendingEvent arrived, boolean child) {
        SpanState span = memory.span(key);
        SpanChild heir = memory.inherit(arrived, span, child);
        if (span.events().size() > 0) {
            earliest(arrived, heir.way(), span.events().get(0).asCause());
        }
    }

    /** Links with a cause, unless an earlier event of the same span is known already. */
    private void earliest(PendingEvent effect, Way way, Cause cause) {
        List<Cause> known = ledger.dossier(effect).causes(way).causes();
        if (known.isEmpty() || Cause.ORDER.compare(cause, known.getFirst()) < 0) {
            one(effect, way, cause);
        }
    }

    private void one(PendingEvent effect, Way way, Cause cause) {
        Causes causes = new Causes(Confidence.Terms.TOLD, false, List.of(cause));
        ledger.set(ledger.dossier(effect), way, causes);
    }

    private void told(AuditEvent event) {
        Optional<ManualLink> link = LinkEvents.link(event);
        Optional<AuditEvent> cause = link.flatMap(l -> before(event, l.causeId()));
        Optional<AuditEvent> effect = link.flatMap(l -> before(event, l.effectId()));
        if (link.isEmpty() || cause.isEmpty() || effect.isEmpty()) {
            ledger.counters().refused++;
            LOG.warn("link.refused", "event", event.id(), "reason", "no two events of the log");
            return;
        }
        PendingEvent from = PendingEvent.of(cause.get());
        EffectCauses dossier = ledger.visit(PendingEvent.of(effect.get()));
        Way way = new Way(Kind.MANUAL, link.get().type());
        Cause told = new Cause(from.id(), from.at(), from.position(), link.get().confidence());
        List<Cause> others =
                dossier.causes(way).causes().stream()
                        .filter(c -> c.position() != told.position())
                        .toList();
        List<Cause> all = new ArrayList<>(others);
        all.add(told);
        ledger.set(dossier, way, new Causes(Confidence.Terms.TOLD, false, all));
    }

    private Optional<AuditEvent> before(AuditEvent event, String id) {
        return index.byId(id).filter(known -> known.position() < event.position());
    }

    /**
     * Drops effects that are no longer in the log, and what leads to effects from causes that are
     * not.
     *
     * @param first the oldest position that is left
     * @param most at most so many of each
     * @return how many went, of the kind that had more
     */
    int drop(long first, int most) {
        List<EffectCauses> gone = new ArrayList<>();
        ledger.scan(
                'd',
                (key, value) -> {
                    boolean old = LinkKeys.number(key) < first && gone.size() < most;
                    if (old) {
                        gone.add(EffectCausesCodec.read(value));
                    }
                    return old;
                });
        gone.forEach(ledger::drop);
        int[] causes = {0};
        ledger.scan(
                'c',
                (key, value) -> {
                    boolean old = LinkKeys.number(key) < first && causes[0] < most;
                    if (old) {
                        ledger.delete(key);
                        causes[0]++;
                    }
                    return old;
                });
        rules.drop(first);
        return Math.max(gone.size(), causes[0]);
    }
}
