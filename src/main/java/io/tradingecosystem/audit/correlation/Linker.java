package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.Dossier.Cause;
import io.tradingecosystem.audit.correlation.Dossier.Causes;
import io.tradingecosystem.audit.correlation.Dossier.Way;
import io.tradingecosystem.audit.correlation.Link.Kind;
import io.tradingecosystem.audit.correlation.RoleCodec.Stored;
import io.tradingecosystem.audit.correlation.definition.Dispatch;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Takes events in the order of the log and links them, each with those that came before it. Its
 * clock is the log's, the latest recorded_at, so that the same log gives the same links whenever
 * and in whatever portions it is read. For one thread.
 */
final class Linker {
    private static final EventLogger LOG = EventLogger.of(Linker.class);

    /** Of a span with more events than these, one of the first recorded stands for it. */
    private static final int MOST_FIRSTS = 100;

    private final LinkLedger ledger;
    private final EventIndex index;
    private final LinkBounds bounds;
    private final Sheets sheets;
    private final Memory memory;
    private final NavigableMap<String, RuleState> inForce = new TreeMap<>();
    private final Map<String, String> withdrawn = new HashMap<>();
    private Dispatch<Side> dispatch = Dispatch.of(List.of(), Side::pattern);
    private boolean redefined;

    private Linker(Projection projection, EventIndex index, LinkBounds bounds) {
        this.ledger = LinkLedger.of(projection);
        this.index = index;
        this.bounds = bounds;
        this.sheets = new Sheets(ledger);
        this.memory = new Memory(bounds, this::forgotten);
        projection.scan(
                LinkKeys.table('x'),
                LinkKeys.table('x'),
                (key, value) -> {
                    ByteReader in = new ByteReader(value);
                    String eventId = in.text();
                    RuleDefinition stored = RuleReader.readOne(eventId, in.text());
                    add((int) LinkKeys.number(key), stored.inForceBy(eventId));
                    return true;
                });
        projection.scan(
                LinkKeys.table('w'),
                LinkKeys.table('w'),
                (key, value) -> {
                    withdrawn.put(LinkKeys.text(key), new ByteReader(value).text());
                    return true;
                });
        sheets.read().forEach(this::recall);
        memory.expire(ledger.counters().now);
    }

    /** Goes on where the projection stopped. */
    static Linker of(Projection projection, EventIndex index, LinkBounds bounds) {
        return new Linker(projection, index, bounds);
    }

    /** Remembers an event again, as it was with the last commit. */
    private void recall(Stored stored) {
        Remembered event = stored.event();
        if (event.position() > ledger.counters().evictedTo) {
            stored.recall(memory);
        }
        if (event.isIdle()) {
            sheets.forget(event);
            return;
        }
        memory.add(event);
        for (Role role : event.roles()) {
            // A sheet is not written anew when what an event waited for has come.
            if (role instanceof Awaiting
                    && !ledger.stored(event).causes(Way.NAMED).causes().isEmpty()) {
                memory.release(role);
            }
        }
    }

    private void forgotten(Remembered event) {
        ledger.forget(event);
        sheets.forget(event);
    }

    LinkLedger ledger() {
        return ledger;
    }

    /** The rules in force, by name. */
    Collection<RuleDefinition> inForce() {
        return inForce.values().stream().map(RuleState::definition).toList();
    }

    Optional<RuleDefinition> inForce(String name) {
        return Optional.ofNullable(inForce.get(name)).map(RuleState::definition);
    }

    /** The last event about a rule with a name; empty if there was none. */
    String lastEvent(String name) {
        return inForce(name).map(RuleDefinition::eventId).orElse(withdrawn.getOrDefault(name, ""));
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
        Remembered arrived = Remembered.of(event, ledger.counters().now);
        switch (event.type()) {
            case LinkEvents.RULE -> define(event);
            case LinkEvents.LINK -> told(event);
            default -> link(event, arrived);
        }
    }

    private void link(AuditEvent event, Remembered arrived) {
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
    List<LinkLedger.Found> commit() {
        sheets.write();
        return ledger.commit();
    }

    private void match(AuditEvent event, Remembered arrived) {
        for (Side side : sides(event.type())) {
            OptionalLong join = side.join(event);
            if (join.isPresent()) {
                RuleState rule = side.rule();
                Sighting sighting = memory.see(arrived, side, join.getAsLong());
                rule.resolve(
                        rule.touched(sighting),
                        sighting.join(),
                        effect -> ledger.dossier(effect).causes(rule.way()),
                        (effect, causes) -> ledger.set(ledger.dossier(effect), rule.way(), causes));
                ledger.counters().cut += rule.takeCrowdedOut();
            }
        }
    }

    /** Rules change in bursts, and are sorted when the burst is over. */
    private List<Side> sides(String type) {
        if (redefined) {
            List<Side> sides =
                    inForce.values().stream()
                            .sorted(Comparator.comparingInt(RuleState::number))
                            .flatMap(rule -> Stream.of(rule.side(true), rule.side(false)))
                            .toList();
            dispatch = Dispatch.of(sides, Side::pattern);
            redefined = false;
        }
        return dispatch.to(type);
    }

    /** What the sender named as the cause, and what others named this as. */
    private void named(AuditEvent event, Remembered arrived) {
        for (Awaiting waiting : memory.awaiting(event.id())) {
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
                known -> one(arrived, Way.NAMED, Remembered.of(known).asCause()),
                () -> memory.await(arrived, event.causeId()));
    }

    private void spans(AuditEvent event, Remembered arrived) {
        if (!event.spanId().isEmpty()) {
            enter(memory.span(SpanKey.of(event.traceId(), event.spanId())), arrived);
        }
        if (!event.parentSpanId().isEmpty() && !event.parentSpanId().equals(event.spanId())) {
            inherit(SpanKey.of(event.traceId(), event.parentSpanId()), arrived, true);
        }
    }

    private void linkedSpans(AuditEvent event, Remembered arrived) {
        for (SpanLink link : event.links()) {
            boolean own =
                    link.traceId().equals(event.traceId()) && link.spanId().equals(event.spanId());
            if (!own) {
                inherit(SpanKey.of(link.traceId(), link.spanId()), arrived, false);
            }
        }
    }

    private void enter(SpanState span, Remembered arrived) {
        if (span.events().size() == MOST_FIRSTS) {
            return;
        }
        memory.enter(arrived, span);
        if (span.events().get(0) == arrived) {
            for (SpanHeir heir : span.heirs()) {
                earliest(heir.event(), heir.way(), arrived.asCause());
            }
        }
    }

    private void inherit(SpanKey key, Remembered arrived, boolean child) {
        SpanState span = memory.span(key);
        SpanHeir heir = memory.inherit(arrived, span, child);
        if (span.events().size() > 0) {
            earliest(arrived, heir.way(), span.events().get(0).asCause());
        }
    }

    /** Links with a cause, unless an earlier event of the same span is known already. */
    private void earliest(Remembered effect, Way way, Cause cause) {
        List<Cause> known = ledger.dossier(effect).causes(way).causes();
        if (known.isEmpty() || Cause.ORDER.compare(cause, known.getFirst()) < 0) {
            one(effect, way, cause);
        }
    }

    private void one(Remembered effect, Way way, Cause cause) {
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
        Remembered from = Remembered.of(cause.get());
        Dossier dossier = ledger.visit(Remembered.of(effect.get()));
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

    private void define(AuditEvent event) {
        String name = LinkEvents.attribute(event, "name");
        if (LinkEvents.isWithdrawal(event)) {
            withdraw(name);
            withdrawn.put(name, event.id());
            ledger.put(LinkKeys.withdrawn(name), new ByteWriter(64).text(event.id()).bytes());
            return;
        }
        try {
            RuleDefinition definition = LinkEvents.definition(event);
            withdraw(definition.rule().name());
            withdrawn.remove(definition.rule().name());
            ledger.delete(LinkKeys.withdrawn(definition.rule().name()));
            int number = Math.toIntExact(++ledger.counters().rules);
            add(number, definition);
            ledger.put(
                    LinkKeys.rule(number),
                    new ByteWriter(512).text(event.id()).text(definition.text()).bytes());
        } catch (InvalidRuleException e) {
            ledger.counters().refused++;
            LOG.warn("rule.refused", "event", event.id(), "reason", e.problems());
        }
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
        List<Dossier> gone = new ArrayList<>();
        ledger.scan(
                'd',
                (key, value) -> {
                    boolean old = LinkKeys.number(key) < first && gone.size() < most;
                    if (old) {
                        gone.add(DossierCodec.read(value));
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
        ledger.scan(
                'y',
                (key, value) -> {
                    if (new ByteReader(value).number() < first) {
                        ledger.delete(key);
                    }
                    return true;
                });
        return Math.max(gone.size(), causes[0]);
    }

    /** The rules that are in force, and those that were for events from a position on. */
    List<RuleDefinition> inForceSince(long first) {
        List<RuleDefinition> rules = new ArrayList<>(inForce());
        ledger.scan(
                'y',
                (key, value) -> {
                    ByteReader in = new ByteReader(value);
                    if (in.number() >= first) {
                        String eventId = in.text();
                        rules.add(RuleReader.readOne(eventId, in.text()).inForceBy(eventId));
                    }
                    return true;
                });
        return rules;
    }

    /** Takes over a rule whose event is no longer in the log. */
    void inherit(RuleDefinition definition) {
        add(Math.toIntExact(++ledger.counters().rules), definition);
    }

    private void add(int number, RuleDefinition definition) {
        RuleState state = new RuleState(number, definition, bounds);
        inForce.put(definition.rule().name(), state);
        memory.rules().put(number, state);
        redefined = true;
    }

    private void withdraw(String name) {
        RuleState gone = inForce.remove(name);
        if (gone != null) {
            redefined = true;
            memory.forget(gone);
            ledger.delete(LinkKeys.rule(gone.number()));
            ledger.put(
                    LinkKeys.past(gone.number()),
                    new ByteWriter(512)
                            .number(ledger.position())
                            .text(gone.definition().eventId())
                            .text(gone.definition().text())
                            .bytes());
        }
    }
}
