package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Provenance;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Removal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the links that were found, and those that follow from spans. Thread-safe. */
public final class LinkStoreReader implements LinkIndex {
    private static final Comparator<Link> BEST_FIRST =
            Comparator.comparingDouble(Link::confidence)
                    .reversed()
                    .thenComparing(Link::delay)
                    .thenComparing(Link::causeId)
                    .thenComparing(Link::kind)
                    .thenComparing(Link::rule);

    private static final int MAX_LOOKED_THROUGH = 10_000;
    private static final int FEW = 256;
    private static final byte[] START = {};

    private final Projection projection;
    private final EventLog log;
    private final EventIndex index;
    private final CauseRecords records;

    public LinkStoreReader(Projection projection, EventLog log, EventIndex index) {
        this.projection = projection;
        this.log = log;
        this.index = index;
        this.records = new CauseRecords(projection, log, index);
    }

    @Override
    public List<Link> causesOf(String eventId, int limit) {
        return index.byId(eventId)
                .map(event -> causesOfEvents(List.of(event), limit).getFirst())
                .orElse(List.of());
    }

    @Override
    public List<List<Link>> causesOf(List<EventRef> events, int limit) {
        return best(records.at(events.stream().map(EventRef::position).toList()), limit);
    }

    @Override
    public List<List<Link>> causesOfEvents(List<AuditEvent> events, int limit) {
        return best(records.of(events), limit);
    }

    private List<List<Link>> best(List<Optional<EffectCauses>> all, int limit) {
        return all.stream().map(each -> links(each).stream().limit(limit).toList()).toList();
    }

    @Override
    public List<Link> effectsOf(String eventId, int limit) {
        return index.byId(eventId)
                .map(event -> effectsOf(List.of(EventRef.of(event)), limit).getFirst())
                .orElse(List.of());
    }

    @Override
    public List<List<Link>> effectsOf(List<EventRef> events, int limit) {
        List<Optional<AuditEvent>> causes =
                index.at(events.stream().map(EventRef::position).toList());
        Map<Long, SpanKey> spans =
                records.spans().stoodFor(causes.stream().flatMap(Optional::stream).toList());
        return events.stream()
                .map(
                        cause ->
                                effectsOf(
                                        cause,
                                        Optional.ofNullable(spans.get(cause.position())),
                                        limit))
                .toList();
    }

    private List<Link> effectsOf(EventRef cause, Optional<SpanKey> span, int limit) {
        int few = Math.min(limit, FEW);
        MergedKeys effects =
                MergedKeys.ascending(
                        projection, LinkKeys.ofCause(cause.position(), span), START, few);
        List<Link> links = new ArrayList<>();
        List<byte[]> some = effects.next(few);
        // Links that are not sure enough to be shown leave room for more.
        while (!some.isEmpty() && links.size() < limit) {
            linksTo(some.stream().map(LinkKeys::effectOfCause).toList()).stream()
                    .flatMap(List::stream)
                    .filter(link -> link.cause().equals(cause))
                    .forEach(links::add);
            some = effects.next(few);
        }
        return links.size() > limit ? links.subList(0, limit) : links;
    }

    @Override
    public List<Omission> incomplete(Instant from, Instant to) {
        List<Omission> found = new ArrayList<>();
        Removal.omission(index.removed(), from).ifPresent(found::add);
        found.addAll(missing(LinkKeys.STRETCHES, Bound.LINK_MEMORY, from, to));
        found.addAll(missing(LinkKeys.CUT_STRETCHES, Bound.LINK_FANOUT, from, to));
        return found;
    }

    private List<Omission> missing(char table, Bound bound, Instant from, Instant to) {
        List<Omission> found = new ArrayList<>();
        projection.scan(
                table,
                (key, value) -> {
                    Instant since = Times.ofEpochNanos(LinkKeys.since(key));
                    Instant until = Times.ofEpochNanos(new ByteReader(value).number());
                    if (!until.isBefore(from) && !since.isAfter(to)) {
                        found.add(Omission.between(bound, since, until));
                    }
                    return !since.isAfter(to);
                });
        return found;
    }

    public LinkPage list(LinkQuery query) {
        return query.eventId().isEmpty()
                ? new LinkScan(query, this::linksTo, MAX_LOOKED_THROUGH).from(projection)
                : ofEvent(query);
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
                .map(event -> ofEvent(query, event))
                .orElse(new LinkPage(List.of(), ""));
    }

    private LinkPage ofEvent(LinkQuery query, AuditEvent event) {
        Optional<SpanKey> span = SpanKey.of(event).filter(each -> records.spans().isFirst(event));
        return new LinksOfEvent(
                        query,
                        EventRef.of(event),
                        Times.toEpochNanos(event.occurredAt()),
                        effect -> linksTo(List.of(effect)).getFirst(),
                        MAX_LOOKED_THROUGH)
                .from(projection, LinkKeys.ofCause(event.position(), span));
    }

    /**
     * Links in the order in which they were found, behind a place in it.
     *
     * @param last the last place that there is
     * @param limit look at no more than so many places
     */
    public FoundLinks after(long sequence, long last, int limit) {
        FoundLinks found =
                new LinkSequence(projection, log, index, records).after(sequence, last, limit);
        return found.map(this::told);
    }

    /** A link by hand with who told it. */
    private Link told(Link link) {
        return link.kind() == Link.Kind.MANUAL
                ? link.told(LinkEvents.teller(index, link).flatMap(Provenance::of))
                : link;
    }

    private List<List<Link>> linksTo(List<Long> effects) {
        return records.at(effects).stream().map(this::links).toList();
    }

    private List<Link> links(Optional<EffectCauses> effectCauses) {
        List<Link> links = new ArrayList<>();
        effectCauses.ifPresent(
                each ->
                        each.links(log.firstPosition()).stream()
                                .map(this::told)
                                .forEach(links::add));
        links.sort(BEST_FIRST);
        return links;
    }
}
