package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.rocksdb.Range;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * About what each segment takes on disk, by RocksDB's estimate for its ranges of keys. What a
 * segment does not own is not in it: files that wait to be deleted, the write-ahead log, ids of
 * removed events, what is derived. So whoever lets segments go by their sizes lets go of no more
 * than was meant, however late the disk is freed.
 */
final class SegmentSizes {
    /** An id with its position, of which nothing is known by segment. */
    private static final int ID_BYTES = 32;

    private SegmentSizes() {}

    /**
     * The sizes of segments in bytes, in their order.
     *
     * @param behind the first position behind the last of them
     */
    static double[] of(Tables tables, List<Segment> segments, long behind) throws RocksDBException {
        List<Slice> slices = new ArrayList<>();
        List<Range> events = new ArrayList<>();
        List<Range> postings = new ArrayList<>();
        double[] sizes = new double[segments.size()];
        try {
            for (int i = 0; i < segments.size(); i++) {
                Segment segment = segments.get(i);
                long end = i + 1 < segments.size() ? segments.get(i + 1).first() : behind;
                events.add(range(slices, BigEndian.of(segment.first()), BigEndian.of(end)));
                postings.add(
                        range(
                                slices,
                                Postings.segmentKey(segment.number()),
                                Postings.segmentKey(segment.number() + 1)));
                sizes[i] = (double) ID_BYTES * (end - segment.first());
            }
            add(sizes, tables, Tables.EVENTS, events);
            add(sizes, tables, Tables.POSTINGS, postings);
            return sizes;
        } finally {
            slices.forEach(Slice::close);
        }
    }

    private static void add(double[] sizes, Tables tables, int table, List<Range> ranges) {
        long[] estimates =
                tables.rocks()
                        .getApproximateSizes(
                                tables.of(table),
                                ranges,
                                SizeApproximationFlag.INCLUDE_FILES,
                                SizeApproximationFlag.INCLUDE_MEMTABLES);
        Arrays.setAll(sizes, i -> sizes[i] + estimates[i]);
    }

    private static Range range(List<Slice> slices, byte[] from, byte[] behind) {
        Slice start = new Slice(from);
        slices.add(start);
        Slice limit = new Slice(behind);
        slices.add(limit);
        return new Range(start, limit);
    }
}
