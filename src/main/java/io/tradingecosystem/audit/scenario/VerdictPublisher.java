package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes verdicts into the log that are not there yet, many at once; sent twice, they are stored
 * once. How far it came is on record; the heap has the next of them. For the follower's thread.
 */
final class VerdictPublisher {
    private static final int MAX_AT_ONCE = 1_024;
    private static final int MAX_WAITING = 8_192;

    private final EventLog log;
    private final VerdictStoreReader reader;
    private final String service;
    private final Deque<Made> waiting = new ArrayDeque<>();

    /** Whether others wait that are on record only. */
    private boolean more = true;

    /**
     * A publisher that does not know what was published.
     *
     * @param service our own name
     */
    VerdictPublisher(EventLog log, VerdictStoreReader reader, String service) {
        this.log = log;
        this.reader = reader;
        this.service = service;
    }

    /** Looks again at what is not published. */
    void reopen() {
        waiting.clear();
        more = true;
    }

    /** Takes verdicts that were made, and committed. */
    void add(List<Made> made) {
        if (more) {
            return;
        }
        waiting.addAll(made);
        if (waiting.size() > MAX_WAITING) {
            reopen();
        }
    }

    /** Publishes what waits; what the log has no room for stays. */
    void publish(VerdictStoreWriter writer) {
        while (fill(writer.counters())) {
            List<Made> next = waiting.stream().limit(MAX_AT_ONCE).toList();
            try {
                OwnAppend.to(
                        log,
                        next.stream()
                                .map(made -> VerdictEvents.verdict(service, made.verdict()))
                                .filter(event -> !reader.isPublishedAsBefore(event))
                                .toList());
            } catch (LogBusyException e) {
                // They stay on record, and are tried again with the next beat.
                return;
            }
            next.forEach(made -> waiting.removeFirst());
            writer.published(next.getLast().sequence());
        }
    }

    /** Whether anything waits. */
    private boolean fill(VerdictCounters counters) {
        if (waiting.isEmpty() && more) {
            List<Made> behind = reader.madeAfter(counters.published, MAX_AT_ONCE);
            waiting.addAll(behind);
            more = !behind.isEmpty();
        }
        return !waiting.isEmpty();
    }
}
