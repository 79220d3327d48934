package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Removal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the links that were found. Thread-safe. */
public final class LinkStoreReader implements LinkIndex {
    private static final Comparator<Link> BEST_FIRST =
            Comparator.comparingDouble(Link::confidence)
                    .reversed()
                    .thenComparing(Link::delay)
                    .thenComparing(Link::causeId)
                    .thenComparing(Link::kind)
                    .thenComparing(Link::rule);
    private static final int MAX_LOOKED_THROUGH = 10_000;

    private final Projection projection;
    private final EventLog log;
    private final EventIndex index;

    public LinkStoreReader(Projection projection, EventLog log, EventIndex index) {
        this.projection = projection;
        this.log = log;
        this.index = index;
    }

    @Override
    public List<Link> causesOf(String eventId, int limit) {
        return index.byId(eventId)
                .map(event -> best(effectCauses(event.position()), limit))
                .orElse(List.of());
    }

    @Override
    public List<List<Link>> causesOf(List<EventRef> events, int limit) {
        return allCauses(events.stream().map(EventRef::position).toList()).stream()
                .map(effectCauses -> best(effectCauses, limit))
                .toList();
    }

    private List<Link> best(Optional<EffectCauses> effectCauses, int limit) {
        return effectCauses
                .map(each -> links(each).stream().limit(limit).toList())
                .orElse(List.of());
    }

    @Override
    public List<Link> effectsOf(String eventId, int limit) {
        return index.byId(eventId)
                .map(event -> effectsOf(EventRef.of(event), limit))
                .orElse(List.of());
    }

    @Override
    public List<List<Link>> effectsOf(List<EventRef> events, int limit) {
        return events.stream().map(event -> effectsOf(event, limit)).toList();
    }

    private List<Link> effectsOf(EventRef cause, int limit) {
        byte[] prefix = LinkKeys.ofCause(cause.position());
        List<Link> links = new ArrayList<>();
        List<byte[]> keys = keys(prefix, prefix, limit);
        while (!keys.isEmpty()) {
            for (Optional<EffectCauses> effectCauses :
                    allCauses(keys.stream().map(LinkKeys::effectOfCause).toList())) {
                effectCauses.stream()
                        .flatMap(each -> links(each).stream())
                        .filter(link -> link.cause().equals(cause))
                        .forEach(links::add);
            }
            // Links that are not sure enough to be shown leave room for more.
            keys =
                    keys.size() < limit || links.size() >= limit
                            ? List.of()
                            : keys(prefix, KeyBuilder.next(keys.getLast()), limit);
        }
        return links.size() > limit ? links.subList(0, limit) : links;
    }

    private List<byte[]> keys(byte[] prefix, byte[] from, int limit) {
        List<byte[]> keys = new ArrayList<>();
        projection.scan(
                prefix,
                from,
                (key, value) -> {
                    keys.add(key);
                    return keys.size() < limit;
                });
        return keys;
    }

    @Override
    public List<Omission> incomplete(Instant from, Instant to) {
        List<Omission> found = new ArrayList<>();
        Removal.omission(index.removed(), from).ifPresent(found::add);
        projection.scan(
                LinkKeys.STRETCHES,
                (key, value) -> {
                    Instant since = Times.ofEpochNanos(LinkKeys.since(key));
                    Instant until = Times.ofEpochNanos(new ByteReader(value).number());
                    if (!until.isBefore(from) && !since.isAfter(to)) {
                        found.add(Omission.between(Bound.LINK_MEMORY, since, until));
                    }
                    return !since.isAfter(to);
                });
        return found;
    }

    public LinkPage list(LinkQuery query) {
        return query.eventId().isEmpty() ? scan(query) : ofEvent(query);
    }

    /** Every link, the latest effect first. */
    public List<Link> all() {
        LinkPage page = list(LinkQuery.any(LinkQuery.MAX_ON_PAGE));
        List<Link> links = new ArrayList<>(page.links());
        while (!page.nextPageToken().isEmpty()) {
            page = list(LinkQuery.any(LinkQuery.MAX_ON_PAGE).from(page.nextPageToken()));
            links.addAll(page.links());
        }
        return links;
    }

    private LinkPage ofEvent(LinkQuery query) {
        return index.byId(query.eventId())
                .map(event -> ofEvent(query, event).from(projection))
                .orElse(new LinkPage(List.of(), ""));
    }

    private LinksOfEvent ofEvent(LinkQuery query, AuditEvent event) {
        return new LinksOfEvent(
                query,
                EventRef.of(event),
                Times.toEpochNanos(event.occurredAt()),
                effect -> effectCauses(effect).map(this::links).orElse(List.of()),
                link -> fits(query, link),
                MAX_LOOKED_THROUGH);
    }

    private LinkPage scan(LinkQuery query) {
        byte[] prefix = prefix(query);
        LinkPageToken token = LinkPageToken.parse(query.pageToken());
        boolean first = query.pageToken().isEmpty();
        long latest = first ? Times.toEpochNanos(query.to()) - 1 : token.effectAt();
        long earliest = Times.toEpochNanos(query.from());
        List<Link> found = new ArrayList<>();
        LinkPageToken[] next = {LinkPageToken.END};
        int[] seen = {0};
        byte[] from = LinkKeys.from(prefix, latest);
        if (!first) {
            from = LinkKeys.ofEvidence(prefix, latest, token.effect());
        }
        projection.scan(
                prefix,
                from,
                (key, value) -> {
                    long at = LinkKeys.effectAt(key);
                    long effect = LinkKeys.effect(key);
                    if (at < earliest) {
                        return false;
                    }
                    if (found.size() == query.limit() || seen[0]++ == MAX_LOOKED_THROUGH) {
                        next[0] = new LinkPageToken(at, effect, 0);
                        return false;
                    }
                    boolean again = !first && at == latest && effect == token.effect();
                    int skip = again ? token.skip() : 0;
                    int taken = take(query, effect, skip, found);
                    if (taken >= 0) {
                        next[0] = new LinkPageToken(at, effect, taken);
                        return false;
                    }
                    return true;
                });
        return new LinkPage(found, next[0].toString());
    }

    /** Takes an effect's links from a place on; if the page is full before, says where to go on. */
    private int take(LinkQuery query, long effect, int skip, List<Link> found) {
        List<Link> links = effectCauses(effect).map(this::links).orElse(List.of());
        for (int i = skip; i < links.size(); i++) {
            if (fits(query, links.get(i))) {
                if (found.size() == query.limit()) {
                    return i;
                }
                found.add(links.get(i));
            }
        }
        return -1;
    }

    private static byte[] prefix(LinkQuery query) {
        Kind kind = query.kind().orElse(Kind.RULE);
        boolean named = kind == Kind.RULE || kind == Kind.MANUAL;
        return named && query.rule().isEmpty()
                ? KeyBuilder.table('t')
                : LinkKeys.ofEvidence(new Evidence(kind, query.rule()));
    }

    private static boolean fits(LinkQuery query, Link link) {
        return (query.rule().isEmpty() || query.rule().equals(link.rule()))
                && (query.kind().isEmpty() || query.kind().get() == link.kind())
                && !link.effectAt().isBefore(query.from())
                && link.effectAt().isBefore(query.to());
    }

    /** Links in the order in which they were found, behind a place in it. */
    public List<FoundLink> after(long sequence, int limit) {
        List<FoundLink> found = new ArrayList<>();
        projection.scan(
                KeyBuilder.table('q'),
                LinkKeys.sequence(sequence + 1),
                (key, value) -> {
                    link(new ByteReader(value))
                            .ifPresent(
                                    link -> found.add(new FoundLink(LinkKeys.number(key), link)));
                    return found.size() < limit;
                });
        return found;
    }

    /** The link, if it still stands and is sure enough to be shown. */
    private Optional<Link> link(ByteReader in) {
        Optional<EffectCauses> effectCauses = effectCauses(in.number());
        long cause = in.number();
        Kind kind = EffectCausesCodec.kind(in.octet());
        String rule = in.text();
        if (effectCauses.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> causeId =
                effectCauses.get().causeSets().values().stream()
                        .flatMap(causes -> causes.causes().stream())
                        .filter(each -> each.position() == cause)
                        .map(Cause::id)
                        .findFirst();
        return links(effectCauses.get()).stream()
                .filter(link -> link.kind() == kind && link.rule().equals(rule))
                .filter(link -> Optional.of(link.causeId()).equals(causeId))
                .findFirst();
    }

    private List<Optional<EffectCauses>> allCauses(List<Long> positions) {
        return projection.get(positions.stream().map(LinkKeys::effectCauses).toList()).stream()
                .map(record -> record.map(EffectCausesCodec::read))
                .toList();
    }

    private Optional<EffectCauses> effectCauses(long position) {
        return projection.get(LinkKeys.effectCauses(position)).map(EffectCausesCodec::read);
    }

    private List<Link> links(EffectCauses effectCauses) {
        List<Link> links = effectCauses.links(log.firstPosition());
        links.sort(BEST_FIRST);
        return links;
    }
}
