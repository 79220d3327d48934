package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.Committer.Sink;
import io.tradingecosystem.audit.store.StoreStatistics.State;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The durable log with its index and projections. To be closed after everything that uses it; what
 * is asked of it later is answered with {@link LogUnavailableException}. Thread-safe.
 */
public final class EventStore implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(EventStore.class);

    private final StoreSettings settings;
    private final Database database;
    private final Segments segments;
    private final HighWaterMark tail;
    private final Counts counts;
    private final Committer committer;
    private final Retention retention;
    private final DiskUsage usage;
    private final BackupRequests backups;
    private final SealTask seals;
    private final TableSweep sweep;
    private final EventLog log;
    private final EventIndex index;
    private final Projections projections;
    private final Duration opening;
    private volatile boolean closed;

    private EventStore(
            StoreSettings settings,
            Database database,
            Sink sink,
            StoreObserver observer,
            Time time,
            long started) {
        this.settings = settings;
        this.database = database;
        this.segments = database.use(tables -> Segments.load(tables, time.now()));
        long last = database.use(segments::last);
        ReopenMarks marks = new ReopenMarks(settings.path());
        database.use(tables -> marks.require(tables, segments.first()));
        String id = database.use(LogIdentity::of);
        database.syncWriteAheadLogs();
        database.use(tables -> marks.note(tables, last));
        this.tail = new HighWaterMark(last, tailFile(settings, last));
        this.counts = new Counts(observer);
        Planner planner = new Planner(database, settings.businessKeys(), segments);
        ReentrantLock writing = new ReentrantLock();
        this.committer =
                new Committer(
                        database, sink, planner, segments, marks, tail, counts, writing, settings,
                        time);
        this.retention =
                new Retention(database, segments, tail, counts, writing, settings, time.clock());
        this.usage = DiskUsage.of(settings.path().toAbsolutePath(), time.ticker());
        this.backups = new BackupRequests(settings.path(), this::backup);
        this.seals = new SealTask(database, segments);
        this.sweep = new TableSweep(database);
        this.log = new DurableLog(id, database, planner, committer, segments, tail, counts);
        this.index = new DurableIndex(database, segments, settings.businessKeys());
        this.projections = new DurableProjections(database);
        this.opening = Duration.ofNanos(time.tick() - started);
    }

    private static Optional<HighWaterMarkFile> tailFile(StoreSettings settings, long last) {
        HighWaterMarkFile file = new HighWaterMarkFile(settings.path().toAbsolutePath());
        file.require(last, settings.durability() == Durability.FSYNC);
        // Without a sync the note would be ahead of the log after a power cut.
        return Optional.of(file).filter(f -> settings.durability() == Durability.FSYNC);
    }

    /**
     * Opens the log, or makes an empty one where there is none.
     *
     * @param observer hears what the log does
     * @param time its clock gives recorded_at
     * @throws StoreException if there is something that cannot be opened: it is damaged, newer than
     *     this program, or in use; or the directory cannot be made
     */
    public static EventStore open(StoreSettings settings, StoreObserver observer, Time time) {
        return open(settings, observer, time, UnaryOperator.identity());
    }

    /** Opens it with something between the log and its disk. */
    static EventStore open(
            StoreSettings settings,
            StoreObserver observer,
            Time time,
            UnaryOperator<Sink> between) {
        long started = time.tick();
        Database database = Database.open(settings);
        Sink sink = between.apply(database::write);
        return start(settings, database, sink, observer, time, started);
    }

    /** Puts an open database to work, or closes it. */
    static EventStore start(
            StoreSettings settings,
            Database database,
            Sink sink,
            StoreObserver observer,
            Time time,
            long started) {
        try {
            EventStore store = new EventStore(settings, database, sink, observer, time, started);
            store.committer.start();
            store.retention.start();
            store.backups.start();
            store.seals.start();
            store.sweep.start();
            LOG.info(
                    "store.opened",
                    "path",
                    settings.path(),
                    "last_position",
                    store.tail.position(),
                    "took",
                    Durations.format(store.opening.truncatedTo(ChronoUnit.MILLIS)));
            return store;
        } catch (LogUnavailableException e) {
            database.close();
            throw new StoreException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Appends and reads. */
    public EventLog log() {
        return log;
    }

    /** Finds. */
    public EventIndex index() {
        return index;
    }

    /** What is derived from the log. */
    public Projections projections() {
        return projections;
    }

    /** All three. */
    public Store store() {
        return new Store(log, index, projections);
    }

    /**
     * Lets events go that were recorded longer ago than this, whatever the settings say; within
     * seconds, and for good.
     */
    public void keepFor(Duration age) {
        retention.keepFor(age);
    }

    /**
     * Copies the log as it is now to a directory, while it is written: tables are linked there if
     * that is on the same disk, and take none of it until they are removed here.
     *
     * @param target does not exist yet
     * @return the last position that is certainly in it
     * @throws StoreException if it cannot be made
     */
    public long backup(Path target) {
        long last = tail.position();
        Backup.of(database, settings.path(), target, last);
        return last;
    }

    /** Begins a new segment with the next event, which gets this position. */
    void beginSegment(long first) {
        retention.roll(first);
        tail.moveTo(first - 1);
    }

    /** The same for the first event of all: what was before it is gone. */
    void beginLog(long first, Instant now) {
        beginSegment(first);
        database.use(tables -> segments.drop(tables, now));
    }

    /** Begins a new segment with the next event. */
    void beginSegment() {
        retention.roll();
    }

    /** Writes what is in memory tables to files of their own. */
    void flush() {
        database.use(Tables::flush);
    }

    /** Makes the hashes of segments that are appended to no more. */
    void seal() throws InterruptedException {
        seals.sealAll();
    }

    /** Reads the next file, to see if it is damaged. */
    void sweep() {
        sweep.step();
    }

    /** Lets go now what is too old or too much. */
    void enforceRetention() throws InterruptedException {
        retention.enforce();
    }

    /** How the log is now; cheap enough for every second. */
    public StoreStatistics statistics() {
        long first = segments.first();
        long last = tail.position();
        Optional<String> trouble = committer.trouble();
        return new StoreStatistics(
                settings.path().toString(),
                state(trouble),
                trouble,
                database.damages(),
                settings.durability().name().toLowerCase(Locale.ROOT),
                first,
                last,
                last - first + 1,
                segments.kept().getFirst().begun(),
                segments.kept().size(),
                usage.bytes(),
                committer.queue().events(),
                committer.queue().bytes(),
                counts.stored(),
                counts.duplicates(),
                counts.conflicts(),
                counts.displaced(),
                counts.refusals(),
                counts.commits(),
                counts.bytes(),
                opening.toMillis());
    }

    /** Writes what waits, lets readers finish, and closes the files. */
    @Override
    public void close() {
        closed = true;
        backups.close();
        retention.close();
        seals.close();
        sweep.close();
        committer.close();
        tail.close();
        database.close();
    }

    private State state(Optional<String> trouble) {
        if (closed) {
            return State.CLOSED;
        }
        return trouble.isPresent() ? State.UNAVAILABLE : State.OPEN;
    }
}
