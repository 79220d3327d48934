package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.PendingCodec.StoredPending;
import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.LinkSettings;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.correlation.rules.Confidence;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SharedSpan;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.projection.EvictionEvents;
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

    private final LinkStoreWriter writer;
    private final EventIndex index;
    private final ClockPool clocks = new ClockPool();
    private final WindowCheckpoints checkpoints;
    private final Rules rules;
    private final LinkEvictions evictions;
    private final LinkCuts cuts;
    private final SpanRecords spans;
    private LinkBounds bounds;
    private CorrelationWindow window;

    private Linker(Projection projection, EventIndex index, LinkBounds bounds) {
        this.writer = LinkStoreWriter.of(projection);
        this.index = index;
        this.evictions = new LinkEvictions(writer);
        this.cuts = new LinkCuts(writer);
        this.spans = new SpanRecords(writer);
        this.checkpoints = new WindowCheckpoints(writer, clocks);
        this.bounds = inForce(bounds);
        this.window = window();
        this.rules = new Rules(writer, window, this.bounds);
        checkpoints.read().forEach(this::recall);
        window.expire(writer.counters().now);
    }

    /**
     * Goes on where the projection stopped.
     *
     * @param bounds by which to link for as long as the log says nothing else
     */
    static Linker of(Projection projection, EventIndex index, LinkBounds bounds) {
        return new Linker(projection, index, bounds);
    }

    /** Remembers an event again, as it was with the last commit. */
    private void recall(StoredPending stored) {
        PendingEvent event = stored.event();
        if (event.position() > writer.counters().evictedTo) {
            stored.recall(window);
        }
        if (event.isIdle()) {
            checkpoints.forget(event);
            return;
        }
        window.add(event);
        for (Pending role : event.roles()) {
            // A checkpoint is not written anew when what an event waited for has come.
            if (role instanceof AwaitedCause
                    && !writer.stored(event).causes(Evidence.NAMED).causes().isEmpty()) {
                window.release(role);
            }
        }
    }

    private CorrelationWindow window() {
        return new CorrelationWindow(bounds, this::forgotten, this::evicted);
    }

    private LinkBounds inForce(LinkBounds otherwise) {
        return writer.decisions()
                .settings()
                .flatMap(settings -> LinkSettings.read(settings, otherwise))
                .orElse(otherwise);
    }

    private void decide(AuditEvent event) {
        int before = writer.decisions().semantics();
        writer.decisions().accept(event);
        boolean changed = writer.decisions().semantics() != before;
        if (changed) {
            rules.withdrawPretended(index);
        }
        decide(changed);
    }

    /**
     * Links by what the log says; what is remembered is from here on remembered by it, too.
     *
     * @param rejoin whether events may have other join keys than were remembered
     */
    private void decide(boolean rejoin) {
        LinkBounds now = inForce(bounds);
        if (now.equals(bounds) && !rejoin) {
            return;
        }
        bounds = now;
        List<StoredPending> remembered = checkpoints.renew(window.remembered());
        window = window();
        rules.rebound(window, bounds);
        for (StoredPending stored : remembered) {
            (rejoin ? rejoined(stored) : stored).recall(window);
            remember(stored.event());
        }
        window.expire(writer.counters().now);
    }

    private void remember(PendingEvent event) {
        if (event.isIdle()) {
            writer.forget(event);
            return;
        }
        window.add(event);
        checkpoints.add(event, window.hold(event));
    }

    /** An event that has left the log stays as it was remembered. */
    private StoredPending rejoined(StoredPending stored) {
        return stored.isSighted()
                ? index.at(stored.event().position()).map(stored::rejoined).orElse(stored)
                : stored;
    }

    /** Takes over by what was linked before the log begins. */
    void inherit(DecisionsInForce others, long first) {
        writer.decisions().inherit(others, first);
        decide(false);
    }

    private void forgotten(PendingEvent event) {
        writer.forget(event);
        checkpoints.forget(event);
    }

    private void evicted(PendingEvent event) {
        evictions.add(event, bounds);
    }

    LinkStoreWriter writer() {
        return writer;
    }

    Rules rules() {
        return rules;
    }

    LinkEvictions evictions() {
        return evictions;
    }

    LinkBounds bounds() {
        return bounds;
    }

    SpanRecords spans() {
        return spans;
    }

    int remembered() {
        return window.size();
    }

    /** Takes in one event; what it changes is to be committed. */
    void accept(AuditEvent event) {
        long recordedAt = Times.toEpochNanos(event.recordedAt());
        writer.enter(event.position(), recordedAt);
        writer.counters().now = Math.max(writer.counters().now, recordedAt);
        window.expire(writer.counters().now);
        if (event.isPretended()) {
            return;
        }
        spans.enter(event);
        PendingEvent arrived = PendingEvent.of(event, writer.counters().now);
        switch (event.type()) {
            case LinkEvents.RULE -> rules.define(event);
            case LinkEvents.LINK -> reported(event);
            case DecisionEvents.SETTINGS, DecisionEvents.SEMANTICS -> decide(event);
            case EvictionEvents.TYPE -> {
                evictions.hear(event);
                link(event, arrived);
            }
            default -> link(event, arrived);
        }
    }

    private void link(AuditEvent event, PendingEvent arrived) {
        match(event, arrived);
        named(event, arrived);
        sharedSpan(event, arrived);
        if (arrived.isIdle()) {
            return;
        }
        window.add(arrived);
        checkpoints.add(arrived, window.hold(arrived));
        window.evict();
    }

    /** Commits what has changed. Gives the links that were found. */
    List<LinkStoreWriter.Found> commit() {
        checkpoints.write();
        evictions.write();
        cuts.write();
        spans.write();
        return writer.commit();
    }

    private void match(AuditEvent event, PendingEvent arrived) {
        for (RuleSide side : rules.sides(event)) {
            OptionalLong join = side.join(event);
            if (join.isPresent()) {
                stamp(event, arrived);
                RuleState rule = side.rule();
                RuleMatch match = window.see(arrived, side, join.getAsLong());
                for (RuleState.Stretch touched : rule.touched(match)) {
                    resolve(rule, touched, match.join());
                }
                writer.counters().cut += rule.takeCrowdedOut();
                cuts.take(rule);
            }
        }
    }

    private void resolve(RuleState rule, RuleState.Stretch touched, long join) {
        rule.resolve(
                touched,
                join,
                effect -> writer.effectCauses(effect).causes(rule.evidence()),
                (effect, causes) ->
                        writer.set(writer.effectCauses(effect), rule.evidence(), causes));
    }

    /** Says which clock stamped an event, which most that no rule looks for need not know. */
    private void stamp(AuditEvent event, PendingEvent arrived) {
        if (arrived.clock() == null) {
            arrived.stampedBy(clocks.kept(EventClock.of(event)));
        }
    }

    /** What the sender named as the cause, and what others named this as. */
    private void named(AuditEvent event, PendingEvent arrived) {
        for (AwaitedCause waiting : window.awaiting(event.id())) {
            one(waiting.event(), Evidence.NAMED, arrived.asCause());
            window.release(waiting);
        }
        if (event.causeId().isEmpty() || event.causeId().equals(event.id())) {
            return;
        }
        // The index may know more than was read so far; what is behind us has not come yet.
        Optional<AuditEvent> cause =
                index.byId(event.causeId()).filter(c -> c.position() < event.position());
        cause.ifPresentOrElse(
                known -> one(arrived, Evidence.NAMED, PendingEvent.of(known).asCause()),
                () -> window.await(arrived, event.causeId()));
    }

    /** A span that another shares its ids with, which it led to and which came before it. */
    private void sharedSpan(AuditEvent event, PendingEvent arrived) {
        AttributeValue effectId = event.attributes().get(SharedSpan.EFFECT_ID);
        if (effectId == null || event.traceId().isEmpty()) {
            return;
        }
        before(event, effectId.asText())
                .filter(effect -> effect.traceId().equals(event.traceId()))
                .filter(effect -> effect.spanId().equals(event.spanId()))
                .map(PendingEvent::of)
                .filter(effect -> writer.visit(effect).causes(Evidence.NAMED).causes().isEmpty())
                .ifPresent(effect -> one(effect, Evidence.NAMED, arrived.asCause()));
    }

    private void one(PendingEvent effect, Evidence evidence, Cause cause) {
        CauseSet causes = new CauseSet(Confidence.ConfidenceTerms.REPORTED, false, List.of(cause));
        writer.set(writer.effectCauses(effect), evidence, causes);
    }

    private void reported(AuditEvent event) {
        Optional<ManualLink> link = LinkEvents.link(event);
        Optional<AuditEvent> cause = link.flatMap(l -> before(event, l.causeId()));
        Optional<AuditEvent> effect = link.flatMap(l -> before(event, l.effectId()));
        if (link.isEmpty() || cause.isEmpty() || effect.isEmpty()) {
            writer.counters().refused++;
            LOG.warn("link.refused", "event", event.id(), "reason", "no two events of the log");
            return;
        }
        PendingEvent from = PendingEvent.of(cause.get());
        EffectCauses effectCauses = writer.visit(PendingEvent.of(effect.get()));
        Evidence evidence = new Evidence(Kind.MANUAL, link.get().type());
        Cause reported = new Cause(from.id(), from.at(), from.position(), link.get().confidence());
        List<Cause> others =
                effectCauses.causes(evidence).causes().stream()
                        .filter(c -> c.position() != reported.position())
                        .toList();
        List<Cause> all = new ArrayList<>(others);
        all.add(reported);
        writer.set(
                effectCauses,
                evidence,
                new CauseSet(Confidence.ConfidenceTerms.REPORTED, false, all));
    }

    private Optional<AuditEvent> before(AuditEvent event, String id) {
        return index.byId(id).filter(known -> known.position() < event.position());
    }

    /**
     * Drops effects that are no longer in the log, and what leads to effects from causes that are
     * not.
     *
     * @param first the oldest position that is left
     * @param max at most so many of each
     * @return how many went, of the kind that had more; {@code max} while there may be more
     */
    int drop(long first, int max) {
        List<EffectCauses> gone = new ArrayList<>();
        writer.scan(
                'd',
                (key, value) -> {
                    boolean old = LinkKeys.number(key) < first && gone.size() < max;
                    if (old) {
                        gone.add(EffectCausesCodec.read(value));
                    }
                    return old;
                });
        gone.forEach(writer::drop);
        int[] causes = {0};
        writer.scan(
                'c',
                (key, value) -> {
                    boolean old = LinkKeys.number(key) < first && causes[0] < max;
                    if (old) {
                        writer.delete(key);
                        causes[0]++;
                    }
                    return old;
                });
        rules.drop(first);
        evictions.drop(first);
        cuts.drop(first);
        writer.decisions().drop(first);
        boolean swept = spans.sweep(first);
        return swept ? Math.max(gone.size(), causes[0]) : max;
    }
}
