package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The events that were committed last, as their senders gave them, so that whoever follows the log
 * closely need not read and decode them again. Bounded by events and by bytes. One thread adds, any
 * thread reads.
 */
final class FreshEvents {
    private static final int MAX_EVENTS = 16_384;
    private static final long MAX_BYTES = 8L << 20;

    private final ConcurrentNavigableMap<Long, Chunk> chunks = new ConcurrentSkipListMap<>();
    private int events;
    private long bytes;

    /** What one caller brought. */
    private static final class Chunk {
        private final long first;
        private final Instant recordedAt;
        private final int bytes;
        private volatile List<AuditEvent> events;

        Chunk(long first, List<AuditEvent> committed, Instant recordedAt, int bytes) {
            this.first = first;
            this.recordedAt = recordedAt;
            this.bytes = bytes;
            this.events = committed;
        }

        int size() {
            return events.size();
        }

        /**
         * The events as the log has them. They are made once for all who follow the log, and not by
         * the thread that commits, because every caller waits for that one. Threads that come at
         * the same time make the same.
         */
        List<AuditEvent> stored() {
            List<AuditEvent> known = events;
            if (known.getFirst().position() == first) {
                return known;
            }
            List<AuditEvent> stored = new ArrayList<>(known.size());
            for (AuditEvent event : known) {
                stored.add(event.stored(first + stored.size(), recordedAt));
            }
            events = stored;
            return stored;
        }
    }

    /**
     * Adds committed events and lets go of the oldest.
     *
     * @param first the position of the first of them
     * @param size of their records in bytes
     */
    void add(long first, List<AuditEvent> committed, Instant recordedAt, int size) {
        chunks.put(first, new Chunk(first, committed, recordedAt, size));
        events += committed.size();
        bytes += size;
        while (events > MAX_EVENTS || bytes > MAX_BYTES) {
            Chunk oldest = chunks.pollFirstEntry().getValue();
            events -= oldest.size();
            bytes -= oldest.bytes;
        }
    }

    /**
     * The events from a position on.
     *
     * @param max at most so many
     * @return empty if the first of them is not here
     */
    List<AuditEvent> read(long from, int max) {
        List<AuditEvent> found = new ArrayList<>();
        long next = from;
        Map.Entry<Long, Chunk> entry = chunks.floorEntry(from);
        while (entry != null && found.size() < max) {
            Chunk chunk = entry.getValue();
            int skipped = (int) Math.min(next - chunk.first, chunk.size());
            if (skipped < 0 || skipped == chunk.size()) {
                break;
            }
            int end = Math.min(chunk.size(), skipped + max - found.size());
            found.addAll(chunk.stored().subList(skipped, end));
            next += end - skipped;
            entry = chunks.higherEntry(chunk.first);
        }
        return found;
    }
}
