package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.Optional;

/**
 * A question for links, the latest effect first.
 *
 * @param rule of this rule only, or of this type for {@link Kind#MANUAL}; empty for any
 * @param kind of this kind only
 * @param eventId to or from this event only; empty for any
 * @param from the earliest occurred_at of the effect, inclusive
 * @param to the latest occurred_at of the effect, exclusive
 * @param limit at most so many, from 1 to {@link #MAX_ON_PAGE}
 * @param pageToken where to go on; empty for the first page
 */
public record LinkQuery(
        String rule,
        Optional<Kind> kind,
        String eventId,
        Instant from,
        Instant to,
        int limit,
        String pageToken) {
    /** The most links on a page. */
    public static final int MAX_ON_PAGE = 1_000;

    /** Any link. */
    public static LinkQuery any(int limit) {
        return new LinkQuery(
                "", Optional.empty(), "", Selection.BEGINNING, Selection.END, limit, "");
    }

    /** Any link whose effect did not occur before a time, as many as there may be on a page. */
    public static LinkQuery since(Instant from) {
        return new LinkQuery("", Optional.empty(), "", from, Selection.END, MAX_ON_PAGE, "");
    }

    /** Whether a link is one of those, whichever events it connects. */
    boolean fits(Link link) {
        return (rule.isEmpty() || rule.equals(link.rule()))
                && (kind.isEmpty() || kind.get() == link.kind())
                && !link.effectAt().isBefore(from)
                && link.effectAt().isBefore(to);
    }

    /** The same question for another number of links. */
    public LinkQuery of(int number) {
        return new LinkQuery(rule, kind, eventId, from, to, number, pageToken);
    }

    /** The same question, from a page token on. */
    public LinkQuery from(String token) {
        return new LinkQuery(rule, kind, eventId, from, to, limit, token);
    }
}
