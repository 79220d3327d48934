package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.Append.Plan;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that appends. It takes what all callers brought meanwhile, gives positions, writes
 * it in one batch with one sync, then answers all of them; so the more callers there are, the more
 * events share a sync. When a write fails, nothing is acknowledged, callers are refused at once,
 * and it tries to get the disk back until it succeeds.
 */
final class Committer implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Committer.class);
    private static final Duration MIN_WAIT = Duration.ofMillis(100);
    private static final Duration MAX_WAIT = Duration.ofSeconds(4);

    private final Database database;
    private final Sink sink;
    private final Planner planner;
    private final Segments segments;
    private final ReopenMarks marks;
    private final HighWaterMark tail;
    private final AppendQueue queue;
    private final DiskWatch disk;
    private final Counts counts;
    private final ReentrantLock writing;
    private final Time time;
    private final boolean durable;
    private final RecentIds recent;
    private final FreshEvents freshEvents = new FreshEvents();
    private final Thread thread;
    private volatile Optional<String> trouble = Optional.empty();

    Committer(
            Database database,
            Sink sink,
            Planner planner,
            Segments segments,
            ReopenMarks marks,
            HighWaterMark tail,
            Counts counts,
            ReentrantLock writing,
            StoreSettings settings,
            Time time) {
        this.database = database;
        this.sink = sink;
        this.planner = planner;
        this.segments = segments;
        this.marks = marks;
        this.tail = tail;
        this.counts = counts;
        this.writing = writing;
        this.time = time;
        this.queue = new AppendQueue(settings);
        this.disk = new DiskWatch(settings, time.ticker());
        this.durable = settings.durability() == Durability.FSYNC;
        this.recent = new RecentIds(tail.position());
        // Its time goes by in native code, which a virtual thread would hold its carrier for.
        this.thread = Thread.ofPlatform().name("log-committer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    AppendQueue queue() {
        return queue;
    }

    FreshEvents freshEvents() {
        return freshEvents;
    }

    /** Where a group goes; fails as RocksDB does. */
    @FunctionalInterface
    interface Sink {
        void write(WriteBatch batch, boolean durable) throws RocksDBException;
    }

    /** Why nothing can be appended, if so. */
    Optional<String> trouble() {
        return trouble.or(disk::shortage);
    }

    /**
     * Appends a planned batch and waits for it.
     *
     * @throws LogBusyException if there is no room for it
     * @throws LogUnavailableException if it cannot be written
     */
    List<AppendOutcome> append(Append append) {
        requireWritable();
        queue.add(append);
        return append.await();
    }

    /**
     * Passes while the log can be written.
     *
     * @throws LogUnavailableException if it cannot
     */
    void requireWritable() {
        if (trouble.isPresent()) {
            throw unwritable();
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        queue.close();
        Threads.untilInterrupted(thread::join);
        queue.drain().forEach(append -> append.failed(new LogUnavailableException("closed")));
    }

    private void run() {
        List<Append> group = List.of();
        try {
            group = queue.take();
            while (!group.isEmpty()) {
                commit(group);
                group = queue.take();
            }
        } catch (InterruptedException e) {
            LOG.error("store.committer.interrupted", e);
        } finally {
            queue.close();
        }
    }

    private void commit(List<Append> group) throws InterruptedException {
        long started = time.tick();
        List<Append> open = group;
        try {
            disk.requireSpace();
            while (!open.isEmpty()) {
                writing.lock();
                try {
                    open = write(open);
                } finally {
                    writing.unlock();
                }
            }
        } catch (RocksDBException | RuntimeException | Error e) {
            refuse(open, e);
            recover(e);
        } finally {
            queue.done(group, Duration.ofNanos(time.tick() - started));
        }
    }

    /** Writes what does not get in its own way, and gives back what has to come after. */
    private List<Append> write(List<Append> group) throws RocksDBException {
        long last = tail.position();
        List<Append> now = new ArrayList<>(group.size());
        List<Append> later = new ArrayList<>();
        for (Append append : group) {
            Append current = upToDate(append, last);
            if (repeatsUncommitted(current, last)) {
                later.add(append);
            } else {
                now.add(current);
                long position = last + fresh(now) - current.fresh();
                for (AuditEvent event : current.plan().fresh()) {
                    recent.add(event.id(), ++position);
                }
            }
        }
        write(now, last);
        return later;
    }

    private void write(List<Append> group, long last) throws RocksDBException {
        int fresh = fresh(group);
        Instant now = time.now();
        if (fresh > 0) {
            byte[] bytes =
                    GroupBatch.of(group, last + 1, segments.current(), Times.toEpochNanos(now));
            long started = time.tick();
            try (WriteBatch batch = new WriteBatch(bytes)) {
                sink.write(batch, durable);
            }
            counts.committed(fresh, bytes.length, time.tick() - started);
            keepFresh(group, last + 1, now);
            tail.moveTo(last + fresh);
        }
        long base = last + 1;
        for (Append append : group) {
            counts.answered(append.plan());
            append.stored(base);
            base += append.fresh();
        }
    }

    private void keepFresh(List<Append> group, long first, Instant recordedAt) {
        long next = first;
        for (Append append : group) {
            if (append.fresh() > 0) {
                Plan plan = append.plan();
                freshEvents.add(next, plan.fresh(), recordedAt, plan.records().size());
                next += append.fresh();
            }
        }
    }

    /** Plans a batch again if an id of it was committed after it was planned. */
    private Append upToDate(Append append, long last) {
        if (append.plan().seen() >= last) {
            return append;
        }
        boolean known =
                !recent.coverFrom(append.plan().seen())
                        || append.plan().fresh().stream()
                                .anyMatch(
                                        event ->
                                                recent.position(event.id())
                                                        .filter(p -> p <= last)
                                                        .isPresent());
        return known ? append.planned(planner.plan(last, append.batch())) : append;
    }

    private boolean repeatsUncommitted(Append append, long last) {
        return append.plan().fresh().stream()
                .anyMatch(event -> recent.position(event.id()).filter(p -> p > last).isPresent());
    }

    private static int fresh(List<Append> group) {
        int sum = 0;
        for (Append append : group) {
            sum += append.fresh();
        }
        return sum;
    }

    private void refuse(List<Append> group, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        trouble = Optional.of(reason);
        if (cause instanceof DiskFullException) {
            LOG.warn("store.disk.full", "position", tail.position(), "reason", reason);
        } else {
            failed(cause);
        }
        RuntimeException failure =
                new LogUnavailableException("the log cannot be written: " + reason, cause);
        group.forEach(append -> append.failed(failure));
        recent.forget(tail.position());
    }

    /** A disk that fails is told in a line, a fault of the program with where it is. */
    private void failed(Throwable cause) {
        if (cause instanceof RocksDBException) {
            LOG.error("store.write.failed", "position", tail.position(), "reason", cause);
        } else {
            LOG.error("store.write.failed", cause, "position", tail.position());
        }
    }

    /** Tries to open the log again until it can be written, refusing all who come meanwhile. */
    private void recover(Throwable cause) throws InterruptedException {
        Backoff backoff = new Backoff(MIN_WAIT, MAX_WAIT);
        Duration wait = backoff.afterFailure();
        boolean healthy = cause instanceof DiskFullException;
        while (!queue.awaitClosed(wait)) {
            refuseWaiting(wait);
            try {
                disk.requireWritable();
                if (!healthy) {
                    database.reopen();
                    database.syncWriteAheadLogs();
                }
                database.use(segments::reload);
                tail.moveTo(database.use(segments::last));
                database.use(tables -> marks.note(tables, tail.position()));
                recent.forget(tail.position());
                trouble = Optional.empty();
                LOG.info("store.write.recovered", "position", tail.position());
                return;
            } catch (RuntimeException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                LOG.debug("store.write.still_failing", "reason", e);
            }
            wait = backoff.afterFailure();
        }
    }

    private void refuseWaiting(Duration wait) {
        List<Append> refused = queue.drain();
        refused.forEach(append -> append.failed(unwritable()));
        queue.done(refused, wait);
    }

    private LogUnavailableException unwritable() {
        return new LogUnavailableException(
                "the log cannot be written: " + trouble.orElse("a write failed"));
    }
}
