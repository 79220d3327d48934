package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.store.EventIndex.Direction;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Finds the next places of a property over all segments, in order. One thread. */
final class PostingScan implements AutoCloseable {
    private final ReadOptions options = new ReadOptions().setPrefixSameAsStart(true);
    private final List<PostingCursor> cursors = new ArrayList<>();
    private final Direction direction;
    private final Comparator<IndexPosition> order;
    private final PriorityQueue<IndexPosition> nearest;
    private final long from;
    private final long to;

    /** Whether the cursors stand behind every place that was given out, and before all others. */
    private boolean inPlace;

    private PostingScan(Direction direction, long from, long to) {
        this.direction = direction;
        this.order =
                direction == Direction.OLDEST_FIRST
                        ? Comparator.naturalOrder()
                        : Comparator.reverseOrder();
        this.nearest = new PriorityQueue<>(order.reversed());
        this.from = from;
        this.to = to;
    }

    /**
     * Begins a scan.
     *
     * @param from the earliest nanosecond, inclusive
     * @param to the latest nanosecond, exclusive
     */
    static PostingScan open(
            Tables tables,
            Segments segments,
            Selection.Key key,
            Direction direction,
            long from,
            long to) {
        PostingScan scan = new PostingScan(direction, from, to);
        try {
            for (Segment segment : segments.kept()) {
                for (long hash : hashes(segments, segment, key)) {
                    scan.cursors.add(
                            new PostingCursor(
                                    tables, scan.options, segment.number(), hash, direction));
                }
            }
            return scan;
        } catch (RuntimeException | Error e) {
            scan.close();
            throw e;
        }
    }

    /** Begins the scan of a question. */
    static PostingScan open(Tables tables, Segments segments, EventIndex.Query query) {
        Selection selection = query.selection();
        return open(
                tables,
                segments,
                selection.key(),
                query.direction(),
                nanos(selection.from()),
                nanos(selection.to()));
    }

    /** Nanoseconds since the epoch, or the nearest that 64 bits hold. */
    private static long nanos(Instant time) {
        try {
            return Times.toEpochNanos(time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Set<Long> hashes(Segments segments, Segment segment, Selection.Key key) {
        return segments.isByValue(segment) ? Set.of(Keys.hash(key)) : Keys.hashesEver(key);
    }

    /**
     * The next places behind one, in order, all of one bucket.
     *
     * @param behind the place to go on from, the last one given out if there is one; it is left out
     * @param max at most so many
     * @return empty when there is nothing more
     */
    List<IndexPosition> next(IndexPosition behind, int max) throws RocksDBException {
        if (!inPlace) {
            long bucket = Postings.bucket(behind.nanos());
            for (PostingCursor cursor : cursors) {
                cursor.seek(bucket);
            }
        }
        while (true) {
            // Those with nothing more would be looked at again for every bucket.
            cursors.removeIf(PostingScan::closedAtEnd);
            if (cursors.isEmpty() || isBehindRange(nearestBucket())) {
                return List.of();
            }
            List<IndexPosition> places = places(nearestBucket(), behind, max);
            if (!places.isEmpty()) {
                return places;
            }
        }
    }

    /**
     * The next places behind one, of as many buckets as it takes.
     *
     * @param max at most so many
     * @param enough no further bucket where there are so many
     */
    List<IndexPosition> next(IndexPosition behind, int max, int enough) throws RocksDBException {
        List<IndexPosition> places = new ArrayList<>(next(behind, max));
        while (!places.isEmpty() && places.size() < Math.min(max, enough)) {
            List<IndexPosition> more = next(places.getLast(), max - places.size());
            if (more.isEmpty()) {
                break;
            }
            places.addAll(more);
        }
        return places;
    }

    /** The place before the first. */
    IndexPosition start() {
        return direction == Direction.OLDEST_FIRST
                ? new IndexPosition(from, -1)
                : new IndexPosition(to, -1);
    }

    @Override
    public void close() {
        cursors.forEach(PostingCursor::close);
        options.close();
    }

    private List<IndexPosition> places(long bucket, IndexPosition behind, int max)
            throws RocksDBException {
        nearest.clear();
        for (PostingCursor cursor : cursors) {
            if (cursor.bucket() == bucket) {
                cursor.drain(
                        bucket,
                        (nanos, position) -> {
                            if (nanos >= from && nanos < to) {
                                offer(new IndexPosition(nanos, position), behind, max);
                            }
                        });
            }
        }
        // A bucket of which places were left out is gone through again.
        inPlace = nearest.size() < max;
        List<IndexPosition> places = new ArrayList<>(nearest);
        places.sort(order);
        return places;
    }

    private void offer(IndexPosition place, IndexPosition behind, int max) {
        if (order.compare(place, behind) <= 0) {
            return;
        }
        if (nearest.size() < max) {
            nearest.add(place);
        } else if (order.compare(place, nearest.element()) < 0) {
            nearest.remove();
            nearest.add(place);
        }
    }

    private long nearestBucket() {
        long nearest = cursors.getFirst().bucket();
        for (PostingCursor cursor : cursors) {
            long bucket = cursor.bucket();
            nearest =
                    direction == Direction.OLDEST_FIRST
                            ? Math.min(nearest, bucket)
                            : Math.max(nearest, bucket);
        }
        return nearest;
    }

    private boolean isBehindRange(long bucket) {
        return direction == Direction.OLDEST_FIRST
                ? Postings.start(bucket) >= to
                : bucket < Postings.bucket(from);
    }

    private static boolean closedAtEnd(PostingCursor cursor) {
        if (cursor.isValid()) {
            return false;
        }
        cursor.close();
        return true;
    }
}
