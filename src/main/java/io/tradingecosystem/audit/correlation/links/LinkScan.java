package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** One page of all links, the latest effect first. For one use. */
final class LinkScan {
    /** Whose links are fetched at once. */
    private static final int AT_ONCE = 64;

    /** Keys that are read at once: a second with many spans is gone through once for so many. */
    private static final int FEW = 256;

    private static final byte[] START = {};

    private final LinkQuery query;
    private final LinkPageToken token;
    private final Function<List<Long>, List<List<Link>>> linksTo;
    private final int maxLookedThrough;
    private final List<Link> found = new ArrayList<>();
    private LinkPageToken next = LinkPageToken.END;
    private boolean ended;
    private int seen;

    /**
     * A page in the making.
     *
     * @param linksTo the links towards each of the events at some positions, in the order in which
     *     they are told
     * @param maxLookedThrough so many effects are looked at for a page
     */
    LinkScan(
            LinkQuery query, Function<List<Long>, List<List<Link>>> linksTo, int maxLookedThrough) {
        this.query = query;
        this.token = LinkPageToken.parse(query.pageToken());
        this.linksTo = linksTo;
        this.maxLookedThrough = maxLookedThrough;
    }

    LinkPage from(Projection projection) {
        MergedKeys keys = MergedKeys.ascending(sources(projection), start(), FEW);
        List<byte[]> some = keys.next(AT_ONCE);
        while (!some.isEmpty() && !ended) {
            visit(some);
            some = keys.next(AT_ONCE);
        }
        return new LinkPage(found, next.toString());
    }

    /** Where the effects of such links stand; what a span is named in may have no link. */
    private List<KeySource> sources(Projection projection) {
        Kind kind = query.kind().orElse(Kind.RULE);
        KeySource recorded =
                behind(projection, LinkKeys.ofEvidence(new Evidence(kind, query.rule())));
        KeySource spanLinks = behind(projection, KeyBuilder.table(LinkKeys.OF_SPAN_LINKS));
        List<KeySource> sources = new ArrayList<>();
        switch (kind) {
            case PARENT -> {
                sources.add(recorded);
                sources.addAll(ParentEffects.sources(projection));
            }
            case EXPLICIT -> sources.addAll(List.of(recorded, spanLinks));
            case RULE, MANUAL -> {
                if (query.rule().isEmpty()) {
                    sources.addAll(List.of(behind(projection, KeyBuilder.table('t')), spanLinks));
                    sources.addAll(ParentEffects.sources(projection));
                } else {
                    sources.add(recorded);
                }
            }
        }
        return sources;
    }

    private static KeySource behind(Projection projection, byte[] prefix) {
        return MergedKeys.behind(projection, prefix);
    }

    /** Behind a prefix. */
    private byte[] start() {
        return isFirst()
                ? LinkKeys.newestFrom(Times.toEpochNanos(query.to()) - 1)
                : LinkKeys.ofEvidence(START, token.effectAt(), token.effect());
    }

    private boolean isFirst() {
        return query.pageToken().isEmpty();
    }

    private void visit(List<byte[]> some) {
        Iterator<List<Link>> links =
                linksTo.apply(some.stream().map(LinkKeys::effect).toList()).iterator();
        for (byte[] key : some) {
            visit(LinkKeys.effectAt(key), LinkKeys.effect(key), links.next());
        }
    }

    private void visit(long at, long effect, List<Link> links) {
        if (ended) {
            return;
        }
        if (at < Times.toEpochNanos(query.from())) {
            ended = true;
        } else if (found.size() == query.limit() || seen++ == maxLookedThrough) {
            stop(at, effect, 0);
        } else {
            take(at, effect, links);
        }
    }

    private void take(long at, long effect, List<Link> links) {
        boolean again = !isFirst() && at == token.effectAt() && effect == token.effect();
        for (int i = again ? token.skip() : 0; i < links.size() && !ended; i++) {
            if (query.fits(links.get(i))) {
                if (found.size() == query.limit()) {
                    stop(at, effect, i);
                } else {
                    found.add(links.get(i));
                }
            }
        }
    }

    private void stop(long at, long effect, int taken) {
        next = new LinkPageToken(at, effect, taken);
        ended = true;
    }
}
