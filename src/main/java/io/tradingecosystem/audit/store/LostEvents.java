package io.tradingecosystem.audit.store;

import java.time.Instant;

/**
 * Events in a row that are lost.
 *
 * @param from the first position
 * @param to the last position
 * @param since no later than the first of them occurred, as far as that can be told
 * @param until when the last of them had been recorded
 * @param certain whether the index still tells when they occurred; otherwise they count as an hour
 *     older than they were recorded at most
 */
public record LostEvents(long from, long to, Instant since, Instant until, boolean certain) {

    /** How many. */
    public long count() {
        return to - from + 1;
    }
}
