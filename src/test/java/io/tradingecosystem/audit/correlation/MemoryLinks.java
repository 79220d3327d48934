package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Links as a test puts them. Thread-safe. */
public final class MemoryLinks implements LinkIndex {
    private final Map<String, List<Link>> causes = new ConcurrentHashMap<>();
    private final Map<String, List<Link>> effects = new ConcurrentHashMap<>();
    private volatile List<Omission> lost = List.of();

    /** Says that links may be missing between some events. */
    public void lose(Instant since, Instant until) {
        lost = List.of(Omission.between(Bound.LINK_MEMORY, since, until));
    }

    @Override
    public List<Omission> incomplete(Instant from, Instant to) {
        return lost.stream()
                .filter(each -> !each.since().orElseThrow().isAfter(to))
                .filter(each -> !each.until().orElseThrow().isBefore(from))
                .toList();
    }

    /** Adds a link. */
    public synchronized void put(Link link) {
        put(
                causes,
                link.effectId(),
                link,
                Comparator.comparingDouble(Link::confidence)
                        .reversed()
                        .thenComparing(Link::delay)
                        .thenComparing(Link::causeId));
        put(
                effects,
                link.causeId(),
                link,
                Comparator.comparing(Link::effectAt).thenComparing(Link::effectId));
    }

    /** Links two events. */
    public Link link(AuditEvent cause, AuditEvent effect, Link.Kind kind, double confidence) {
        Link link =
                new Link(
                        EventRef.of(cause),
                        EventRef.of(effect),
                        kind,
                        kind == Link.Kind.RULE ? "a-rule" : "",
                        cause.occurredAt(),
                        Duration.between(cause.occurredAt(), effect.occurredAt()),
                        confidence,
                        "told by the test");
        put(link);
        return link;
    }

    /** Links two events, as their sender would. */
    public Link link(AuditEvent cause, AuditEvent effect) {
        return link(cause, effect, Link.Kind.EXPLICIT, 1);
    }

    @Override
    public List<Link> causesOf(String eventId, int limit) {
        return causes.getOrDefault(eventId, List.of()).stream().limit(limit).toList();
    }

    @Override
    public List<Link> effectsOf(String eventId, int limit) {
        return effects.getOrDefault(eventId, List.of()).stream().limit(limit).toList();
    }

    private static void put(
            Map<String, List<Link>> lists, String key, Link link, Comparator<Link> order) {
        List<Link> more = new ArrayList<>(lists.getOrDefault(key, List.of()));
        more.add(link);
        more.sort(order);
        lists.put(key, List.copyOf(more));
    }
}
