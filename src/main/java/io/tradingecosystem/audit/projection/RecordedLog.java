package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A recording as a log in memory, as if its events had come in one after the other. */
public final class RecordedLog {
    private RecordedLog() {}

    /**
     * A log in which definitions come before everything.
     *
     * @param definitions events that put in force what the recording is worked on by
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set. An id that comes twice counts once
     * @param own what of the recording is left out, as it is about to be made anew
     */
    public static MemoryStore of(
            List<AuditEvent> definitions, List<AuditEvent> recording, Predicate<AuditEvent> own) {
        Instant[] time = {Instant.EPOCH};
        MemoryStore store = MemoryStore.create(() -> time[0], Set.of());
        definitions.forEach(definition -> store.append(List.of(definition)));
        for (AuditEvent event : inOrder(recording)) {
            if (!own.test(event)) {
                time[0] = event.recordedAt();
                store.append(List.of(event.toBuilder().position(0).build()));
            }
        }
        return store;
    }

    private static List<AuditEvent> inOrder(List<AuditEvent> recording) {
        List<AuditEvent> ordered = new ArrayList<>(recording);
        ordered.replaceAll(RecordedLog::recorded);
        ordered.sort(
                Comparator.comparing(AuditEvent::recordedAt)
                        .thenComparing(AuditEvent::occurredAt)
                        .thenComparing(AuditEvent::id));
        return ordered;
    }

    private static AuditEvent recorded(AuditEvent event) {
        return event.recordedAt().equals(Instant.EPOCH)
                ? event.stored(0, event.occurredAt())
                : event;
    }
}
