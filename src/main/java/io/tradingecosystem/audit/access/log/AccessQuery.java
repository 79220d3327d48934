package io.tradingecosystem.audit.access.log;

import java.time.Instant;

/**
 * Which records of the access log are wanted.
 *
 * @param from of answers at this time or later
 * @param to of answers before this time
 * @param caller of the caller with this name; empty for all
 * @param route of this route; empty for all
 * @param order which come first
 * @param limit so many at most
 * @param pageToken where to go on; empty for the first page
 */
public record AccessQuery(
        Instant from,
        Instant to,
        String caller,
        String route,
        Order order,
        int limit,
        String pageToken) {

    /** Which records come first; the order is that in which they were written. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    boolean matches(AccessRecord each) {
        return !each.lastAt().isBefore(from)
                && each.firstAt().isBefore(to)
                && (caller.isEmpty() || each.caller().filter(caller::equals).isPresent())
                && (route.isEmpty() || each.route().filter(route::equals).isPresent());
    }
}
