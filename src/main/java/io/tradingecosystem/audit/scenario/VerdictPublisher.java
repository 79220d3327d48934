package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes verdicts into the log that are not there yet; sent twice, they are stored once. For the
 * follower's thread.
 */
final class VerdictPublisher {
    private static final int MAX_AT_ONCE = 256;

    private final EventLog log;
    private final Projection projection;
    private final String service;
    private long published = -1;

    /**
     * A publisher that does not know what was published.
     *
     * @param service our own name
     */
    VerdictPublisher(EventLog log, Projection projection, String service) {
        this.log = log;
        this.projection = projection;
        this.service = service;
    }

    /** Looks again at what is not published. */
    void reopen() {
        published = -1;
    }

    /** Publishes some of what waits. */
    void publish(VerdictStoreWriter writer) {
        if (published == writer.counters().sequence) {
            return;
        }
        List<byte[]> keys = new ArrayList<>();
        projection.scan(
                'o',
                (key, value) -> {
                    keys.add(key);
                    return keys.size() < MAX_AT_ONCE;
                });
        if (keys.isEmpty()) {
            published = writer.counters().sequence;
            return;
        }
        try {
            log.append(events(keys));
        } catch (LogBusyException e) {
            // They stay in the projection, and are tried again with the next beat.
            return;
        }
        keys.forEach(writer::delete);
        writer.commit();
    }

    private List<AuditEvent> events(List<byte[]> unpublished) {
        return unpublished.stream()
                .map(key -> VerdictKeys.sequence(VerdictKeys.number(key)))
                .flatMap(key -> projection.get(key).stream())
                .map(verdict -> VerdictJson.read(JsonRecord.read(verdict)))
                .map(verdict -> VerdictEvents.verdict(service, verdict))
                .toList();
    }
}
