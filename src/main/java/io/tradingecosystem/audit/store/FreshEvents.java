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
    private static final int MOST_EVENTS = 16_384;
    private static final long MOST_BYTES = 8L << 20;

    private final ConcurrentNavigableMap<Long, Chunk> chunks = new ConcurrentSkipListMap<>();
    private int events;
    private long bytes;

    /** What one caller brought: the first has its key as the position, the others follow. */
    private record Chunk(List<AuditEvent> events, Instant recordedAt, int bytes) {}

    /**
     * Adds committed events and lets go of the oldest.
     *
     * @param first the position of the first of them
     * @param size of their records in bytes
     */
    void add(long first, List<AuditEvent> committed, Instant recordedAt, int size) {
        chunks.put(first, new Chunk(committed, recordedAt, size));
        events += committed.size();
        bytes += size;
        while (events > MOST_EVENTS || bytes > MOST_BYTES) {
            Chunk oldest = chunks.pollFirstEntry().getValue();
            events -= oldest.events().size();
            bytes -= oldest.bytes();
        }
    }

    /**
     * The events from a position on.
     *
     * @param most at most so many
     * @return empty if the first of them is not here
     */
    List<AuditEvent> read(long from, int most) {
        List<AuditEvent> found = new ArrayList<>();
        long next = from;
        Map.Entry<Long, Chunk> entry = chunks.floorEntry(from);
        while (entry != null && found.size() < most) {
            long first = entry.getKey();
            Chunk chunk = entry.getValue();
            int skipped = (int) Math.min(next - first, chunk.events().size());
            if (skipped < 0 || skipped == chunk.events().size()) {
                break;
            }
            int end = Math.min(chunk.events().size(), skipped + most - found.size());
            for (AuditEvent event : chunk.events().subList(skipped, end)) {
                found.add(event.stored(next++, chunk.recordedAt()));
            }
            entry = chunks.higherEntry(first);
        }
        return found;
    }
}
