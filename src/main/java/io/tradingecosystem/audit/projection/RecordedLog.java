package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.MemoryStore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A recording as a log in memory, as if its events had come in one after the other.
 *
 * @param store the log
 * @param end when its last event was recorded; the epoch if there is none
 * @param conflicts the ids that name events with different contents; the first of them counts
 */
public record RecordedLog(MemoryStore store, Instant end, Set<String> conflicts) {
    public RecordedLog {
        conflicts = Collections.unmodifiableSet(new TreeSet<>(conflicts));
    }

    /**
     * A log in which definitions come before everything.
     *
     * @param definitions events that put in force what the recording is worked on by
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set
     * @param own what of the recording is left out, as it is about to be made anew
     */
    public static RecordedLog of(
            List<AuditEvent> definitions, List<AuditEvent> recording, Predicate<AuditEvent> own) {
        Instant[] time = {Instant.EPOCH};
        MemoryStore store = MemoryStore.create(() -> time[0], Set.of());
        definitions.forEach(definition -> store.append(List.of(definition)));
        Instant end = Instant.EPOCH;
        Set<String> conflicts = new TreeSet<>();
        for (AuditEvent event : inOrder(recording)) {
            // Not occurred_at: the clock of one sender does not say how long it was recorded.
            end = later(end, event.recordedAt());
            if (!own.test(event)) {
                time[0] = event.recordedAt();
                AuditEvent fresh = presumed(event.toBuilder().position(0).build());
                if (store.append(List.of(fresh)).getFirst() instanceof AppendOutcome.Conflict) {
                    conflicts.add(event.id());
                }
            }
        }
        return new RecordedLog(store, end, conflicts);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
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

    /** Nobody noted who wrote it; what the correlator may have said counts. */
    private static AuditEvent presumed(AuditEvent event) {
        return event.isPretended()
                ? event.toBuilder().author(Author.presumed(event.type())).build()
                : event;
    }

    private static AuditEvent recorded(AuditEvent event) {
        return event.recordedAt().equals(Instant.EPOCH)
                ? event.stored(0, event.occurredAt())
                : event;
    }
}
