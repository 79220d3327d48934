package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex.Direction;

import org.rocksdb.RocksDBException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When lost events occurred: the index of all events by time still has them, unless it is damaged,
 * too. Their neighbours tell when they were recorded. For one thread.
 */
final class LossTimes {
    /** How much earlier an event may have occurred than it was recorded, where nothing tells. */
    private static final Duration MAX_AGE = Duration.ofHours(1);

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
        Optional<NavigableMap<Long, Instant>> earliest = earliest(lost);
        return lost.stream().map(each -> times(each, earliest, first, last)).toList();
    }

    private LostEvents times(
            PositionRange lost,
            Optional<NavigableMap<Long, Instant>> earliest,
            long first,
            long last) {
        Instant until =
                readable(lost.to() + 1, last, 1)
                        .map(AuditEvent::recordedAt)
                        .orElseGet(Instant::now);
        Instant before =
                readable(lost.from() - 1, first, -1).map(AuditEvent::recordedAt).orElse(until);
        Instant since =
                earliest.map(known -> known.getOrDefault(lost.from(), before))
                        .orElse(before.minus(MAX_AGE));
        Instant earlier = since.isBefore(before) ? since : before;
        return new LostEvents(lost.from(), lost.to(), earlier, until, earliest.isPresent());
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
            return Optional.ofNullable(EventFetch.one(tables, position))
                    .map(bytes -> new StoredEvent(position, bytes).decoded());
        } catch (RocksDBException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The earliest occurred_at of each range, by its first position; empty if it cannot be told.
     */
    private Optional<NavigableMap<Long, Instant>> earliest(List<PositionRange> lost) {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        NavigableMap<Long, PositionRange> ranges = new TreeMap<>();
        lost.forEach(range -> ranges.put(range.from(), range));
        NavigableMap<Long, Instant> earliest = new TreeMap<>();
        try (PostingScan scan = all(segments.get())) {
            IndexPosition behind = scan.start();
            List<IndexPosition> places = new ArrayList<>(scan.next(behind, AT_ONCE));
            while (!places.isEmpty()) {
                for (IndexPosition place : places) {
                    note(place, ranges, earliest);
                }
                places = scan.next(places.getLast(), AT_ONCE);
            }
            return Optional.of(earliest);
        } catch (RocksDBException e) {
            return Optional.empty();
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

    private static void note(
            IndexPosition place,
            NavigableMap<Long, PositionRange> ranges,
            NavigableMap<Long, Instant> earliest) {
        var range = ranges.floorEntry(place.position());
        if (range != null && range.getValue().overlaps(place.position(), place.position())) {
            earliest.putIfAbsent(range.getKey(), Times.ofEpochNanos(place.nanos()));
        }
    }
}
