package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of the links to and from one event, the latest effect first: its effects in their order,
 * read backwards, with the event itself, as the effect of its causes, in its place among them. For
 * one use.
 */
final class LinksOfEvent {
    private static final int FEW = 64;

    private final LinkQuery query;
    private final LinkPageToken token;
    private final EventRef event;
    private final Place own;
    private final Function<Long, List<Link>> linksTo;
    private final int maxLookedThrough;
    private final List<Link> found = new ArrayList<>();
    private LinkPageToken next = LinkPageToken.END;
    private boolean ownIsDue;
    private boolean ended;
    private int seen;

    /**
     * A page in the making.
     *
     * @param linksTo the links towards the event at a position, in the order in which they are told
     * @param maxLookedThrough so many effects are looked at for a page
     */
    LinksOfEvent(
            LinkQuery query,
            EventRef event,
            long occurredAt,
            Function<Long, List<Link>> linksTo,
            int maxLookedThrough) {
        this.query = query;
        this.token = LinkPageToken.parse(query.pageToken());
        this.event = event;
        this.own = new Place(occurredAt, event.position());
        this.linksTo = linksTo;
        this.maxLookedThrough = maxLookedThrough;
        this.ownIsDue = isFirst() || !own.isBefore(new Place(token.effectAt(), token.effect()));
    }

    /** Where an effect stands. */
    private record Place(long at, long position) {
        /** Whether it comes before another, the latest first. */
        boolean isBefore(Place other) {
            return at > other.at || (at == other.at && position > other.position);
        }
    }

    /**
     * The page.
     *
     * @param prefixes behind which the event's effects stand
     */
    LinkPage from(Projection projection, List<byte[]> prefixes) {
        MergedKeys keys = MergedKeys.descending(projection, prefixes, start(), FEW);
        Optional<byte[]> key = keys.next();
        while (key.isPresent() && !ended) {
            Place effect =
                    new Place(LinkKeys.atOfCause(key.get()), LinkKeys.effectOfCause(key.get()));
            passOwn(effect);
            visit(effect);
            key = keys.next();
        }
        passOwn(new Place(Long.MIN_VALUE, -1));
        return new LinkPage(found, next.toString());
    }

    private boolean isFirst() {
        return query.pageToken().isEmpty();
    }

    /** Behind a prefix. */
    private byte[] start() {
        return isFirst()
                ? LinkKeys.effect(Times.toEpochNanos(query.to()), 0)
                : KeyBuilder.next(LinkKeys.effect(token.effectAt(), token.effect()));
    }

    private void passOwn(Place coming) {
        if (ownIsDue && own.isBefore(coming)) {
            ownIsDue = false;
            visit(own);
        }
    }

    private void visit(Place effect) {
        if (ended) {
            return;
        }
        if (effect.at() < Times.toEpochNanos(query.from())) {
            ended = true;
        } else if (found.size() == query.limit() || seen++ == maxLookedThrough) {
            stop(effect, 0);
        } else {
            take(effect);
        }
    }

    private void take(Place effect) {
        boolean again = effect.at() == token.effectAt() && effect.position() == token.effect();
        List<Link> links = linksTo.apply(effect.position());
        for (int i = again ? token.skip() : 0; i < links.size() && !ended; i++) {
            if (isOurs(links.get(i)) && query.fits(links.get(i))) {
                if (found.size() == query.limit()) {
                    stop(effect, i);
                } else {
                    found.add(links.get(i));
                }
            }
        }
    }

    private boolean isOurs(Link link) {
        return link.cause().equals(event) || link.effect().equals(event);
    }

    private void stop(Place effect, int taken) {
        next = new LinkPageToken(effect.at(), effect.position(), taken);
        ended = true;
    }
}
