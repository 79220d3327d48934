package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.Postings.Places;

import org.rocksdb.RocksDBException;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When lost events occurred: the index of all events by time still has them, unless it is damaged,
 * too; then other indexes may. Their neighbours tell when they were recorded, and nothing how long
 * before that they occurred. For one thread.
 */
final class LossTimes {
    private static final EventLogger LOG = EventLogger.of(LossTimes.class);

    private static final int AT_ONCE = 4_096;

    private final Tables tables;
    private final Optional<Segments> segments;

    LossTimes(Tables tables, Optional<Segments> segments) {
        this.tables = tables;
        this.segments = segments;
    }

    /** The same with times. */
    List<LostEvents> of(List<PositionRange> lost, long first, long last) {
        if (lost.isEmpty()) {
            return List.of();
        }
        NavigableMap<Long, Known> known = known(lost);
        return known.values().stream().map(each -> times(each, first, last)).toList();
    }

    private LostEvents times(Known known, long first, long last) {
        PositionRange lost = known.range;
        Instant until =
                readable(lost.to() + 1, last, 1)
                        .map(AuditEvent::recordedAt)
                        .orElseGet(Instant::now);
        Optional<Instant> before = readable(lost.from() - 1, first, -1).map(AuditEvent::recordedAt);
        boolean certain = known.isWhole();
        Instant earliest = certain ? known.earliest() : Admission.EARLIEST;
        return new LostEvents(
                lost.from(),
                lost.to(),
                earlier(earliest, before.orElse(earliest)),
                certain ? known.latest() : until,
                before.orElse(Admission.EARLIEST),
                until,
                certain);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** What indexes tell of some lost events. */
    private static final class Known {
        private final PositionRange range;
        private final BitSet found = new BitSet();
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;

        Known(PositionRange range) {
            this.range = range;
        }

        void note(long nanos, long position) {
            found.set(Math.toIntExact(position - range.from()));
            earliest = Math.min(earliest, nanos);
            latest = Math.max(latest, nanos);
        }

        boolean isWhole() {
            return found.cardinality() == range.to() - range.from() + 1;
        }

        Instant earliest() {
            return Times.ofEpochNanos(earliest);
        }

        Instant latest() {
            return Times.ofEpochNanos(latest);
        }
    }

    /** The nearest event that can be read, in a direction. */
    private Optional<AuditEvent> readable(long from, long to, int step) {
        for (long at = from; step > 0 ? at <= to : at >= to; at += step) {
            Optional<AuditEvent> found = event(at);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<AuditEvent> event(long position) {
        try {
            return Optional.ofNullable(EventScan.one(tables, position))
                    .map(bytes -> new StoredEvent(position, bytes).decoded());
        } catch (RocksDBException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** By the first position of each range. */
    private NavigableMap<Long, Known> known(List<PositionRange> lost) {
        NavigableMap<Long, Known> known = new TreeMap<>();
        lost.forEach(range -> known.put(range.from(), new Known(range)));
        Places out = (nanos, position) -> note(nanos, position, known);
        readTimes(out);
        if (!known.values().stream().allMatch(Known::isWhole)) {
            new PostingFiles(tables).read(out);
        }
        return known;
    }

    private void readTimes(Places out) {
        if (segments.isEmpty()) {
            return;
        }
        try (PostingScan scan = all(segments.get())) {
            List<IndexPosition> places = scan.next(scan.start(), AT_ONCE);
            while (!places.isEmpty()) {
                places.forEach(place -> out.accept(place.nanos(), place.position()));
                places = scan.next(places.getLast(), AT_ONCE);
            }
        } catch (RocksDBException e) {
            LOG.debug("store.index.unreadable", "reason", e);
        }
    }

    private PostingScan all(Segments kept) {
        return PostingScan.open(
                tables,
                kept,
                new Selection.Key.All(),
                Direction.OLDEST_FIRST,
                Long.MIN_VALUE,
                Long.MAX_VALUE);
    }

    private static void note(long nanos, long position, NavigableMap<Long, Known> known) {
        var nearest = known.floorEntry(position);
        if (nearest != null && nearest.getValue().range.overlaps(position, position)) {
            nearest.getValue().note(nanos, position);
        }
    }
}
