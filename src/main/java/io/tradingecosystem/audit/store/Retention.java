package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets old events go, by age and by size, on a thread of its own.
 *
 * <p>The log is a row of segments, each about a {@value #PARTS}th of what may be kept, and the
 * oldest goes as a whole. Events lie in the order of their positions and postings in the order of
 * their segments, so a segment is a range of whole files in both tables: they are unlinked, and the
 * disk is free at once, without a compaction. Only the ids, which lie in no order of time, are
 * looked up and removed one by one, a few at a time with pauses. Until that is done the segment
 * counts as dropped: its events are not found any more, and their ids may be used again. A sweeper
 * that removes every entry of every event would have to write as much as was written to store it;
 * RocksDB's compaction filters, which would not, cannot be written in Java.
 */
final class Retention implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Retention.class);
    private static final int PARTS = 32;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Database database;
    private final Segments segments;
    private final HighWaterMark tail;
    private final ReentrantLock writing;
    private final StoreSettings settings;
    private final InstantSource clock;
    private final IdSweep sweep;
    private final ReentrantLock round = new ReentrantLock();
    private final RecurringTask task;
    private volatile Duration age;
    private volatile long diskBytes;

    /**
     * @param writing is held while something is written that must not meet a commit
     */
    Retention(
            Database database,
            Segments segments,
            HighWaterMark tail,
            ReentrantLock writing,
            StoreSettings settings,
            InstantSource clock) {
        this.database = database;
        this.segments = segments;
        this.tail = tail;
        this.writing = writing;
        this.settings = settings;
        this.age = settings.retentionAge();
        this.clock = clock;
        this.sweep = new IdSweep(database, segments, writing);
        this.diskBytes = database.size();
        // Its time goes by in native code, which a virtual thread would hold its carrier for.
        this.task =
                RecurringTask.builder("log-retention", this::runRound, Retention::failed)
                        .initialDelay(INTERVAL)
                        .platformThread()
                        .build();
    }

    void start() {
        task.start();
    }

    /** From the next round on, events recorded longer ago than this go. */
    void keepFor(Duration wanted) {
        age = wanted;
    }

    /** What all files take, as of a few seconds ago. */
    long diskBytes() {
        return diskBytes;
    }

    /** Begins a new segment with the next event. */
    void roll() {
        writing.lock();
        try {
            Segment next = segments.next(tail.position() + 1, clock.instant());
            database.use(tables -> segments.begin(tables, next));
        } finally {
            writing.unlock();
        }
    }

    /** One round at a time: new segments begin, old ones go. */
    void enforce() throws InterruptedException {
        round.lockInterruptibly();
        try {
            letGo();
        } finally {
            round.unlock();
        }
    }

    private void letGo() throws InterruptedException {
        Instant now = clock.instant();
        List<Segment> kept = segments.kept();
        double[] sizes = database.use(tables -> SegmentSizes.of(tables, kept, tail.position() + 1));
        if (isFull(kept.getLast(), sizes[sizes.length - 1], now)) {
            roll();
        }
        double size = Arrays.stream(sizes).sum();
        for (int i = 0; i < sizes.length && segments.kept().size() > 1; i++) {
            if (!isOld(now) && size <= settings.retentionSize()) {
                break;
            }
            size -= sizes[i];
            Segment oldest = kept.get(i);
            database.use(segments::drop);
            LOG.info("store.segment.dropped", "segment", oldest.number(), "first", oldest.first());
        }
        for (Segment segment : segments.dropped()) {
            remove(segment);
        }
        diskBytes = database.size();
    }

    @Override
    public void close() {
        task.close();
    }

    private Duration runRound() throws InterruptedException {
        enforce();
        return INTERVAL;
    }

    private static Duration failed(Throwable failure) {
        LOG.error("store.retention.failed", failure);
        return INTERVAL;
    }

    private boolean isFull(Segment segment, double size, Instant now) {
        boolean large = size > (double) settings.retentionSize() / PARTS;
        boolean aged = Duration.between(segment.begun(), now).compareTo(age.dividedBy(PARTS)) > 0;
        return tail.position() >= segment.first() && (large || aged);
    }

    /** Whether every event of the oldest segment was recorded too long ago. */
    private boolean isOld(Instant now) {
        Instant lastRecorded = segments.kept().get(1).begun();
        return lastRecorded.isBefore(now.minus(age));
    }

    /** Goes on where it was when the process ended, for each step may be done twice. */
    private void remove(Segment segment) throws InterruptedException {
        long behind = segments.end(segment);
        for (long from = segment.first(); from < behind; ) {
            from = sweep.remove(from, behind);
            if (task.pause(PAUSE)) {
                return;
            }
        }
        database.use(
                tables -> {
                    remove(
                            tables,
                            Tables.POSTINGS,
                            Postings.segmentKey(segment.number()),
                            Postings.segmentKey(segment.number() + 1));
                    remove(
                            tables,
                            Tables.EVENTS,
                            BigEndian.of(segment.first()),
                            BigEndian.of(behind));
                    return segments.forget(tables, segment);
                });
        LOG.info("store.segment.removed", "segment", segment.number(), "behind", behind);
    }

    private static void remove(Tables tables, int table, byte[] from, byte[] behind)
            throws RocksDBException {
        ColumnFamilyHandle handle = tables.of(table);
        // Keys are written once, so there is no older value that could come to light.
        tables.rocks().deleteFilesInRanges(handle, List.of(from, behind), false);
        tables.rocks().deleteRange(handle, from, behind);
    }
}
