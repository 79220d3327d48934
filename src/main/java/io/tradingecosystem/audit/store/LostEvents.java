package io.tradingecosystem.audit.store;

import java.time.Instant;

/**
 * Events in a row that are lost.
 *
 * @param from the first position
 * @param to the last position
 * @param since no later than the first of them occurred; where no index tells, the earliest time
 *     that is taken of any event
 * @param latest no earlier than the last of them occurred, where an index tells; otherwise {@code
 *     until}
 * @param after no later than the first of them was recorded
 * @param until when the last of them had been recorded
 * @param certain whether indexes still tell when all of them occurred
 */
public record LostEvents(
        long from,
        long to,
        Instant since,
        Instant latest,
        Instant after,
        Instant until,
        boolean certain) {

    /** How many. */
    public long count() {
        return to - from + 1;
    }
}
