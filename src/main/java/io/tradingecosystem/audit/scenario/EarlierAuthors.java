package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

/**
 * Counts, once, the events in the correlator's words whose author a version before did not count.
 * It reads all of them, some 100,000 in a second.
 *
 * @param index of the log
 * @param counters that do not have them yet
 */
record EarlierAuthors(EventIndex index, VerdictCounters counters) {
    private static final int PAGE = 1_000;

    /** Counts what was judged already. */
    void count(long upTo) {
        if (!counters.authorsCounted) {
            counters.authorsCounted = true;
            OwnWords.TYPES.forEach(type -> count(type, upTo));
        }
    }

    private void count(String type, long upTo) {
        Query query = Query.of(Selection.of(Selection.Key.ofKind("", type)), PAGE);
        EventIndex.Page page = index.find(query);
        count(page, upTo);
        while (!page.nextPageToken().isEmpty()) {
            page = index.find(query.from(page.nextPageToken()));
            count(page, upTo);
        }
    }

    private void count(EventIndex.Page page, long upTo) {
        for (AuditEvent event : page.events()) {
            if (event.position() <= upTo) {
                counters.note(event);
            }
        }
    }
}
