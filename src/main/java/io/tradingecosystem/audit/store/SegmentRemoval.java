package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.RocksDBException;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes what dropped segments have left behind, and gives their disk back. Events lie in the
 * order of their positions and postings in the order of their segments, so segments are a range of
 * whole files in both tables, which are unlinked; what of it is in the write-ahead log, or in files
 * that came last, which RocksDB does not unlink, is written out and compacted. Ids, which lie in no
 * order of time, are looked up and removed one by one; their table is compacted when less than half
 * of it is kept, so that each id is written again once at most. What is damaged goes without being
 * read, but a file of it that cannot be unlinked takes its disk until a repair. For one thread, but
 * for {@link #cancel}.
 */
final class SegmentRemoval implements AutoCloseable {
    /** What an id with its position takes, until a compaction has shown it. */
    private static final double ID_BYTES = 32;

    /** A table of ids that is smaller is no matter. */
    private static final double SMALL = 1 << 20;

    private final Database database;
    private final Segments segments;
    private final IdSweep sweep;
    private final CompactRangeOptions compaction =
            new CompactRangeOptions().setExclusiveManualCompaction(false);
    private double bytesPerId = ID_BYTES;

    /**
     * @param writing is held while something is written that must not meet a commit
     */
    SegmentRemoval(Database database, Segments segments, ReentrantLock writing) {
        this.database = database;
        this.segments = segments;
        this.sweep = new IdSweep(database, segments, writing);
    }

    /** What is done between two steps. */
    @FunctionalInterface
    interface Pause {
        /** Whether the removal is to stop. */
        boolean isLast() throws InterruptedException;
    }

    /**
     * Removes segments. What was begun and did not end is done again, for each step may be done
     * twice.
     *
     * @param dropped some that follow each other, at least one
     * @return false if it was stopped before it was done
     */
    boolean remove(List<Segment> dropped, Pause pause) throws InterruptedException {
        long first = dropped.getFirst().first();
        long behind = segments.end(dropped.getLast());
        for (long from = first; from < behind; ) {
            from = sweep.remove(from, behind);
            if (pause.isLast()) {
                return false;
            }
        }
        byte[][] postings = {
            Postings.segmentKey(dropped.getFirst().number()),
            Postings.segmentKey(dropped.getLast().number() + 1)
        };
        byte[][] events = {BigEndian.of(first), BigEndian.of(behind)};
        return database.use(
                tables -> {
                    unlink(tables, Tables.POSTINGS, postings);
                    unlink(tables, Tables.EVENTS, events);
                    tables.flush();
                    compact(tables, Tables.POSTINGS, postings);
                    compact(tables, Tables.EVENTS, events);
                    return segments.forget(tables, dropped);
                });
    }

    /**
     * Gives back what removed ids take, where that is more than what those take that are kept.
     *
     * @param kept how many are kept
     */
    void shrinkIds(long kept) {
        database.use(
                tables -> {
                    if (bytes(tables) > 2 * bytesPerId * kept + SMALL) {
                        tables.rocks().compactRange(tables.of(Tables.IDS), null, null, compaction);
                        bytesPerId =
                                Math.max(ID_BYTES, bytes(tables) / Math.max(1.0, (double) kept));
                    }
                    return true;
                });
    }

    /** Ends a compaction that runs; whoever waits for it gets an exception. */
    void cancel() {
        compaction.setCanceled(true);
    }

    /** After its last use. */
    @Override
    public void close() {
        compaction.close();
    }

    private static double bytes(Tables tables) throws RocksDBException {
        return (double)
                tables.rocks()
                        .getLongProperty(tables.of(Tables.IDS), "rocksdb.total-sst-files-size");
    }

    private static void unlink(Tables tables, int table, byte[][] range) throws RocksDBException {
        ColumnFamilyHandle handle = tables.of(table);
        // Keys are written once, so there is no older value that could come to light.
        tables.rocks().deleteFilesInRanges(handle, List.of(range), false);
        tables.rocks().deleteRange(handle, range[0], range[1]);
    }

    private void compact(Tables tables, int table, byte[][] range) throws RocksDBException {
        try {
            tables.rocks().compactRange(tables.of(table), range[0], range[1], compaction);
        } catch (RocksDBException e) {
            if (!DamageRegister.isDamage(e)) {
                throw e;
            }
            database.note(e);
        }
    }
}
