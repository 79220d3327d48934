package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;

/**
 * The times that a request is about.
 *
 * @param from the earliest, inclusive
 * @param to the latest, exclusive
 * @param isGiven whether the request says one of them
 */
public record TimeRange(Instant from, Instant to, boolean isGiven) {

    /** The parameters {@code from} and {@code to}. */
    public static TimeRange of(QueryParameters query) {
        return of(query, "from", "to");
    }

    /** Two parameters: RFC 3339, or nanoseconds since the epoch. */
    public static TimeRange of(QueryParameters query, String from, String to) {
        return new TimeRange(
                time(query, from, Selection.BEGINNING),
                time(query, to, Selection.END),
                !(query.text(from) + query.text(to)).isEmpty());
    }

    /** Two fields of a message: nanoseconds since the epoch, 0 for no bound. */
    public static TimeRange ofNanos(long from, long to) {
        return new TimeRange(
                from == 0 ? Selection.BEGINNING : Times.ofEpochNanos(from),
                to == 0 ? Selection.END : Times.ofEpochNanos(to),
                from != 0 || to != 0);
    }

    /** The start of a window that ends now; one that begins before any event begins with them. */
    public static Instant since(Duration window, Instant now) {
        return window.compareTo(Duration.between(Selection.BEGINNING, now)) > 0
                ? Selection.BEGINNING
                : now.minus(window);
    }

    private static Instant time(QueryParameters query, String name, Instant otherwise) {
        return query.value(
                name,
                otherwise,
                text -> Times.parse(text).filter(Times::fitsNanos),
                "it is a time like 2026-01-31T12:00:00Z, or nanoseconds since 1970, from 1678 to"
                        + " 2261");
    }
}
