package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.StoreSettings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets old events go, by age and by size, on two threads of its own.
 *
 * <p>The log is a row of segments, each about a {@value #PARTS}th of what may be kept, and the
 * oldest goes as a whole: it counts as dropped at once, so its events are not found any more, and
 * {@link SegmentRemoval} takes away what it left, on the second thread. A sweeper that removes
 * every entry of every event would have to write as much as was written to store it; RocksDB's
 * compaction filters, which would not, cannot be written in Java.
 *
 * <p>A segment ends when it is large enough, also while others are being removed: a log that takes
 * much in a short time would otherwise have few large segments, and lose much with each.
 */
final class Retention implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Retention.class);
    private static final int PARTS = 32;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_PER_ROUND = 20;
    private static final Duration ROUND = LOOK.multipliedBy(LOOKS_PER_ROUND);

    /** What is removed is dropped first, and that wakes whoever removes. */
    private static final Duration UNTIL_WOKEN = Duration.ofDays(1);

    /** Where there is time; with more than one to remove, the disk is what is short. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Database database;
    private final Segments segments;
    private final HighWaterMark tail;
    private final Counts counts;
    private final ReentrantLock writing;
    private final long maxSize;
    private final InstantSource clock;
    private final SegmentRemoval removal;
    private final ReentrantLock round = new ReentrantLock();
    private final ReentrantLock removing = new ReentrantLock();
    private final RecurringTask dropper;
    private final RecurringTask remover;
    private volatile Duration age;
    private volatile long seen;
    private int looks;

    /**
     * @param counts tells how much was written
     * @param writing is held while something is written that must not meet a commit
     */
    Retention(
            Database database,
            Segments segments,
            HighWaterMark tail,
            Counts counts,
            ReentrantLock writing,
            StoreSettings settings,
            InstantSource clock) {
        this.database = database;
        this.segments = segments;
        this.tail = tail;
        this.counts = counts;
        this.writing = writing;
        this.maxSize = settings.retentionSize();
        this.age = settings.retentionAge();
        this.clock = clock;
        this.removal = new SegmentRemoval(database, segments, writing);
        this.dropper = task("log-retention", this::look);
        this.remover = task("log-removal", this::removeDropped);
    }

    private RecurringTask task(String name, RecurringTask.Step step) {
        return NativeTask.of(name, LOOK, step, this::failed);
    }

    void start() {
        dropper.start();
        remover.start();
    }

    /** From the next round on, events recorded longer ago than this go. */
    void keepFor(Duration wanted) {
        age = wanted;
    }

    /** Begins a new segment with the next event. */
    void roll() {
        roll(tail.position() + 1);
    }

    /** Begins a new segment at a position. */
    void roll(long first) {
        writing.lock();
        try {
            Segment next = segments.next(first, clock.instant());
            database.use(tables -> segments.begin(tables, next));
        } finally {
            writing.unlock();
        }
    }

    /** One round: a new segment begins, old ones go, and nothing of them is left. */
    void enforce() throws InterruptedException {
        dropOld();
        removeDropped();
    }

    private void dropOld() throws InterruptedException {
        round.lockInterruptibly();
        try {
            rollIfFull();
            drop();
        } finally {
            round.unlock();
        }
    }

    private void rollIfFull() {
        seen = counts.bytes();
        Segment current = segments.current();
        if (isFull(current, sizes(List.of(current))[0])) {
            roll();
        }
    }

    private void drop() {
        Instant now = clock.instant();
        List<Segment> kept = segments.kept();
        double[] sizes = sizes(kept);
        double size = Arrays.stream(sizes).sum();
        for (int i = 0; i < sizes.length && segments.kept().size() > 1; i++) {
            if (!isOld(now) && size <= maxSize) {
                break;
            }
            size -= sizes[i];
            Segment oldest = kept.get(i);
            database.use(tables -> segments.drop(tables, now));
            LOG.info("store.segment.dropped", "segment", oldest.number(), "first", oldest.first());
        }
    }

    private double[] sizes(List<Segment> some) {
        return database.use(tables -> SegmentSizes.of(tables, some, tail.position() + 1));
    }

    @Override
    public void close() {
        removal.cancel();
        remover.close();
        dropper.close();
        removal.close();
    }

    /** A round when it is time, or when a part of what may be kept was written. */
    private Duration look() throws InterruptedException {
        if (++looks >= LOOKS_PER_ROUND || isMuchWritten()) {
            looks = 0;
            dropOld();
            if (!segments.dropped().isEmpty()) {
                remover.wake();
            }
        }
        return LOOK;
    }

    private boolean isMuchWritten() {
        return counts.bytes() - seen > maxSize / PARTS;
    }

    /** While the log cannot be written nothing goes; whoever writes says so, once. */
    private Duration failed(Throwable failure) {
        if (failure instanceof LogUnavailableException) {
            LOG.debug("store.retention.waits", "reason", failure);
        } else {
            LOG.error("store.retention.failed", failure);
        }
        return ROUND;
    }

    private boolean isFull(Segment segment, double size) {
        boolean large = size > (double) maxSize / PARTS;
        boolean aged =
                Duration.between(segment.begun(), clock.instant()).compareTo(age.dividedBy(PARTS))
                        > 0;
        return tail.position() >= segment.first() && (large || aged);
    }

    /** Whether every event of the oldest segment was recorded too long ago. */
    private boolean isOld(Instant now) {
        Instant lastRecorded = segments.kept().get(1).begun();
        return lastRecorded.isBefore(now.minus(age));
    }

    /** All that are dropped at once; when there is one more, it is woken. */
    private Duration removeDropped() throws InterruptedException {
        removing.lockInterruptibly();
        try {
            List<Segment> dropped = segments.dropped();
            if (!dropped.isEmpty()) {
                remove(dropped);
            }
            return UNTIL_WOKEN;
        } finally {
            removing.unlock();
        }
    }

    private void remove(List<Segment> dropped) throws InterruptedException {
        Duration pause = dropped.size() > 1 ? Duration.ZERO : PAUSE;
        if (removal.remove(dropped, () -> remover.pause(pause))) {
            removal.shrinkIds(tail.position() - segments.first() + 1);
            LOG.info(
                    "store.segments.removed",
                    "segments",
                    dropped.size(),
                    "first_position",
                    segments.first());
        }
    }
}
