package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Links in the order in which they were found. A link that follows from a span is found where the
 * later of its two events stands. For one thread.
 */
final class LinkSequence {
    /** So many effects are told of an event that comes behind those that name its span. */
    static final int MAX_EFFECTS = 1_000;

    private final Projection projection;
    private final EventLog log;
    private final EventIndex index;
    private final CauseRecords records;
    private final List<FoundLink> found = new ArrayList<>();
    private final Set<Long> cut = new HashSet<>();

    LinkSequence(Projection projection, EventLog log, EventIndex index, CauseRecords records) {
        this.projection = projection;
        this.log = log;
        this.index = index;
        this.records = records;
    }

    FoundLinks after(long sequence, long last, int limit) {
        NavigableMap<Long, byte[]> entries = new TreeMap<>();
        projection.scan(
                KeyBuilder.table('q'),
                LinkKeys.sequence(sequence + 1),
                (key, value) -> {
                    long at = LinkKeys.number(key);
                    List<byte[]> together = SequenceRecord.entries(value);
                    for (int i = 0; i < together.size() && entries.size() < limit; i++) {
                        long place = at - together.size() + 1 + i;
                        if (place > sequence) {
                            entries.put(place, together.get(i));
                        }
                    }
                    return entries.size() < limit;
                });
        long upTo = entries.size() < limit ? Math.max(sequence, last) : sequence;
        for (Map.Entry<Long, byte[]> entry : entries.entrySet()) {
            if (found.size() >= limit) {
                return new FoundLinks(found, upTo, cut);
            }
            take(entry.getKey(), entry.getValue());
            upTo = Math.max(upTo, entry.getKey());
        }
        return new FoundLinks(found, upTo, cut);
    }

    private void take(long sequence, byte[] value) {
        ByteReader in = new ByteReader(value);
        long position = in.number();
        List<Link> links = new ArrayList<>();
        if (in.hasMore()) {
            recorded(position, in).ifPresent(links::add);
        } else {
            index.at(position).ifPresent(event -> ofSpans(sequence, event, links));
        }
        add(sequence, links);
    }

    /** Who goes on behind any but the last hears all of them again, rather than miss one. */
    private void add(long sequence, List<Link> links) {
        int last = cut.contains(sequence) ? links.size() : links.size() - 1;
        for (int i = 0; i < links.size(); i++) {
            found.add(new FoundLink(i < last ? sequence - 1 : sequence, links.get(i)));
        }
    }

    /** The link, if it still stands and is sure enough to be shown. */
    private Optional<Link> recorded(long effect, ByteReader in) {
        long cause = in.number();
        Kind kind = EffectCausesCodec.kind(in.octet());
        String rule = in.text();
        return records.at(effect).flatMap(known -> recorded(known, cause, kind, rule));
    }

    private Optional<Link> recorded(EffectCauses known, long cause, Kind kind, String rule) {
        Optional<String> causeId =
                known.causeSets().values().stream()
                        .flatMap(causes -> causes.causes().stream())
                        .filter(each -> each.position() == cause)
                        .map(Cause::id)
                        .findFirst();
        return known.links(log.firstPosition()).stream()
                .filter(link -> link.kind() == kind && link.rule().equals(rule))
                .filter(link -> Optional.of(link.causeId()).equals(causeId))
                .findFirst();
    }

    /** What an event came behind: the causes that it names, and the effects that name its span. */
    private void ofSpans(long sequence, AuditEvent event, List<Link> links) {
        linksTo(event.position())
                .filter(link -> link.cause().position() < event.position())
                .forEach(links::add);
        SpanKey.of(event)
                .filter(span -> records.spans().isFirst(event))
                .ifPresent(span -> effects(sequence, event, span, links));
    }

    private void effects(long sequence, AuditEvent event, SpanKey span, List<Link> links) {
        List<Long> waiting = new ArrayList<>();
        byte[] prefix = LinkKeys.ofSpan(span);
        projection.scan(
                prefix,
                prefix,
                (key, value) -> {
                    long effect = LinkKeys.effectOfCause(key);
                    if (effect < event.position()) {
                        waiting.add(effect);
                    }
                    return waiting.size() <= MAX_EFFECTS;
                });
        if (waiting.size() > MAX_EFFECTS) {
            cut.add(sequence);
            waiting.removeLast();
        }
        for (long effect : waiting) {
            linksTo(effect)
                    .filter(link -> link.cause().position() == event.position())
                    .forEach(links::add);
        }
    }

    private Stream<Link> linksTo(long effect) {
        return records.at(effect).stream()
                .flatMap(known -> known.linksOfSpans(log.firstPosition()).stream());
    }
}
