package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkSettings;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionWatch;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A log with a linker on it, driven by hand. */
public final class Trail {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final LinkBounds BOUNDS =
            new LinkBounds(
                    Duration.ofSeconds(10), ClockSkew.of(Duration.ofMillis(100)), 10_000, 32, 256);

    public static final String RULE =
            """
            name: shock-halts
            trigger: {type: shock}
            effect: {type: halt}
            within: 30s
            join: [scenario_id]
            """;

    private Instant now = START;
    private final MemoryStore store = MemoryStore.create(() -> now, Set.of());
    private final Projection projection = store.projection("correlation");
    private final LinkBounds bounds;
    private Linker linker;

    private Trail(LinkBounds bounds, String... rules) {
        this.bounds = bounds;
        this.linker = Linker.of(projection, store, bounds);
        for (String rule : rules) {
            define(rule);
        }
    }

    static Trail of(String... rules) {
        return new Trail(BOUNDS, rules);
    }

    static Trail of(LinkBounds bounds, String... rules) {
        return new Trail(bounds, rules);
    }

    static AuditEventBuilder event(String type, String id, double seconds) {
        return event("service", type, id, seconds);
    }

    static AuditEventBuilder event(String service, String type, String id, double seconds) {
        return AuditEvent.builder(service, type)
                .id(id)
                .occurredAt(START.plusNanos(Math.round(seconds * 1e9)));
    }

    static AuditEvent event(String type, String id, double seconds, String scenarioId) {
        return event(type, id, seconds).scenarioId(scenarioId).build();
    }

    void define(String rule) {
        Definition<Rule> definition = RuleReader.KIND.readOne("test", rule, Definition.FILE);
        String last = linker.rules().inForce().lastEvent(definition.name());
        append(LinkEvents.RULES.inForce("audit", now, definition, last));
        work();
    }

    /** Lets the log say by what is linked from here on, as the service does. */
    Trail decide(LinkBounds wanted) {
        Time time = new Time(() -> now, () -> 0);
        new DecisionWatch(
                        () -> linker.writer().decisions(),
                        LinkSettings.of(wanted),
                        "audit",
                        store,
                        time)
                .look();
        work();
        return this;
    }

    /** The same later, when it is worked in, by an event with an id of its own. */
    void announce(String rule, String id) {
        Definition<Rule> definition = RuleReader.KIND.readOne("test", rule, Definition.FILE);
        append(LinkEvents.RULES.inForce("audit", now, definition, "").toBuilder().id(id).build());
    }

    void append(AuditEvent... events) {
        store.append(List.of(events));
    }

    /** Appends events and works them in. */
    Trail come(AuditEvent... events) {
        append(events);
        work();
        return this;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Works in what is waiting, and commits. */
    void work() {
        work(1_000_000);
        commit();
    }

    /** Works in so many events, without a commit. */
    boolean work(int max) {
        List<AuditEvent> waiting = store.read(linker.writer().position(), max);
        waiting.forEach(linker::accept);
        return !waiting.isEmpty();
    }

    void commit() {
        linker.commit();
    }

    /** Starts anew from what was committed. */
    void crash() {
        linker = Linker.of(projection, store, bounds);
    }

    Linker linker() {
        return linker;
    }

    MemoryStore store() {
        return store;
    }

    LinkStoreReader reader() {
        return new LinkStoreReader(projection, store, store);
    }

    /** The committed records of a table. */
    List<byte[]> records(char table) {
        List<byte[]> records = new ArrayList<>();
        projection.scan(table, (key, value) -> records.add(value));
        return records;
    }

    /** Writes the records of a table anew. */
    void rewrite(char table, UnaryOperator<byte[]> change) {
        projection.commit(
                projection.position(),
                changes ->
                        projection.scan(
                                table,
                                (key, value) -> {
                                    changes.put(key, change.apply(value));
                                    return true;
                                }));
    }

    /** Every link, in an order that depends on the links only. */
    List<Link> links() {
        List<Link> all = reader().all();
        all.sort(
                Comparator.comparing(Link::effectAt)
                        .thenComparing(Link::effectId)
                        .thenComparing(Link::causeId)
                        .thenComparing(Link::kind)
                        .thenComparing(Link::rule));
        return all;
    }

    /** The same in short: {@code cause>effect}. */
    List<String> pairs() {
        return links().stream().map(link -> link.causeId() + ">" + link.effectId()).toList();
    }
}
