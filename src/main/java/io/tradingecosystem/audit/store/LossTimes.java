package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventIndex.Direction;

import org.rocksdb.RocksDBException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When lost events occurred: the index of all events by time still has them, unless it is damaged,
 * too. Their neighbours tell when they were recorded. For one thread.
 */
final class LossTimes {
    private static final EventLogger LOG = EventLogger.of(LossTimes.class);

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
        Map<Long, Known> known = known(lost);
        return lost.stream().map(each -> times(each, known, first, last)).toList();
    }

    private LostEvents times(PositionRange lost, Map<Long, Known> known, long first, long last) {
        Instant until =
                readable(lost.to() + 1, last, 1)
                        .map(AuditEvent::recordedAt)
                        .orElseGet(Instant::now);
        Instant before =
                readable(lost.from() - 1, first, -1).map(AuditEvent::recordedAt).orElse(until);
        Known told = known.getOrDefault(lost.from(), new Known(before, 0));
        boolean certain = told.events() == lost.to() - lost.from() + 1;
        Instant since = certain ? before : before.minus(MAX_AGE);
        return new LostEvents(
                lost.from(),
                lost.to(),
                told.earliest().isBefore(since) ? told.earliest() : since,
                until,
                certain);
    }

    /** What the index tells of some lost events: when the first occurred, and how many it has. */
    private record Known(Instant earliest, long events) {
        Known and(Instant other) {
            return new Known(other.isBefore(earliest) ? other : earliest, events + 1);
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

    /** By the first position of each range; what cannot be read is not in it. */
    private Map<Long, Known> known(List<PositionRange> lost) {
        NavigableMap<Long, PositionRange> ranges = new TreeMap<>();
        lost.forEach(range -> ranges.put(range.from(), range));
        Map<Long, Known> known = new TreeMap<>();
        if (segments.isPresent()) {
            try (PostingScan scan = all(segments.get())) {
                List<IndexPosition> places = scan.next(scan.start(), AT_ONCE);
                while (!places.isEmpty()) {
                    places.forEach(place -> note(place, ranges, known));
                    places = scan.next(places.getLast(), AT_ONCE);
                }
            } catch (RocksDBException e) {
                LOG.debug("store.index.unreadable", "reason", e);
            }
        }
        return known;
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
            IndexPosition place, NavigableMap<Long, PositionRange> ranges, Map<Long, Known> known) {
        var range = ranges.floorEntry(place.position());
        if (range != null && range.getValue().overlaps(place.position(), place.position())) {
            Instant at = Times.ofEpochNanos(place.nanos());
            known.merge(range.getKey(), new Known(at, 1), (one, other) -> one.and(at));
        }
    }
}
