package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Walks through the events of a selection, the newest first, a portion at a time, until there is
 * enough, or {@value #MAX_EVENTS} were looked at, or the time for one question is over.
 * Thread-safe.
 */
final class NewestFirst {
    static final int MAX_EVENTS = 50_000;
    private static final int PORTION = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventIndex index;
    private final LongSupplier ticker;
    private final int maxEvents;

    /**
     * Walks through an index.
     *
     * @param ticker monotonic time in nanoseconds
     */
    NewestFirst(EventIndex index, LongSupplier ticker, int maxEvents) {
        this.index = index;
        this.ticker = ticker;
        this.maxEvents = maxEvents;
    }

    /**
     * Shows one event after the other.
     *
     * @param visitor whether it wants more
     * @return whether there are events that it might have wanted and was not shown
     */
    boolean walk(Selection selection, Predicate<AuditEvent> visitor) {
        long start = ticker.getAsLong();
        String token = "";
        int seen = 0;
        while (seen < maxEvents && ticker.getAsLong() - start < PATIENCE.toNanos()) {
            int portion = Math.min(PORTION, maxEvents - seen);
            Page page = index.find(new Query(selection, Direction.NEWEST_FIRST, portion, token));
            for (AuditEvent event : page.events()) {
                if (!visitor.test(event)) {
                    return false;
                }
            }
            seen += page.events().size();
            token = page.nextPageToken();
            if (token.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
