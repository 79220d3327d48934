package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.correlation.rules.RuleDefinition;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A log with a linker on it, driven by hand. */
public final class Trail {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final LinkBounds BOUNDS =
            new LinkBounds(Duration.ofSeconds(10), Duration.ofMillis(100), 10_000, 32, 256);

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
        return AuditEvent.builder("service", type)
                .id(id)
                .occurredAt(START.plusNanos(Math.round(seconds * 1e9)));
    }

    static AuditEvent event(String type, String id, double seconds, String scenarioId) {
        return event(type, id, seconds).scenarioId(scenarioId).build();
    }

    void define(String rule) {
        RuleDefinition definition = RuleReader.readOne("test", rule);
        String last = linker.rules().lastEvent(definition.rule().name());
        append(LinkEvents.rule("audit", now, definition, last));
        work();
    }

    /** The same later, when it is worked in, by an event with an id of its own. */
    void announce(String rule, String id) {
        RuleDefinition definition = RuleReader.readOne("test", rule);
        append(LinkEvents.rule("audit", now, definition, "").toBuilder().id(id).build());
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

    /** Every link, in an order that depends on the links only. */
    List<Link> links() {
        List<Link> all = new ArrayList<>();
        LinkPage page = reader().list(LinkQuery.any(100));
        all.addAll(page.links());
        while (!page.nextPageToken().isEmpty()) {
            page = reader().list(LinkQuery.any(100).from(page.nextPageToken()));
            all.addAll(page.links());
        }
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
