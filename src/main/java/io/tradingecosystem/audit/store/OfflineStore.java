package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A log that no process has open, to be looked through and repaired: it opens also if files are
 * damaged. Nothing is written to it. For one thread.
 */
public final class OfflineStore implements AutoCloseable {
    private final StoreSettings settings;
    private final LogLock lock;
    private final Database database;
    private final Optional<Damage> hindrance;

    private OfflineStore(
            StoreSettings settings, LogLock lock, Database database, Optional<Damage> hindrance) {
        this.settings = settings;
        this.lock = lock;
        this.database = database;
        this.hindrance = hindrance;
    }

    /**
     * Opens it.
     *
     * @throws LogInUseException if another process has it open
     * @throws StoreException if there is no log, it is newer than this program, or what lists its
     *     files is damaged
     */
    public static OfflineStore open(StoreSettings settings) {
        Path path = settings.path().toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new StoreException("there is no log in " + path);
        }
        RocksLibrary.load(path);
        LogLock lock = LogLock.of(path);
        try {
            Quarantine.finish(path);
            Optional<Damage> hindrance = DataDirectory.of(path).hindrance(settings);
            return new OfflineStore(settings, lock, Database.openDamaged(settings), hindrance);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Reads all of it. */
    public StoreReport check() {
        return database.use(tables -> new StoreCheck(settings, tables, hindrance).report());
    }

    /**
     * Makes a log of all that can be read of this one, and puts it in its place; every file that
     * was there is put into the folder {@code quarantine}, and left. Indexes are made anew. In the
     * place of events that are lost stands what the caller says, once; as much disk is needed
     * again. After it this can only be closed.
     *
     * @param report what {@link #check} found
     * @param gaps what is to stand for lost events
     * @param projections the names of what is derived
     * @return what became of it
     * @throws StoreException if it cannot be done; then the log is as it was
     */
    public RepairReport repair(StoreReport report, GapEvents gaps, List<String> projections) {
        return Repair.of(settings, database, report, gaps).run(projections);
    }

    /** Finds events, as far as they can be read. */
    public EventIndex index() {
        Segments segments = database.use(Segments::inspect);
        return new DurableIndex(database, segments, settings.businessKeys());
    }

    /** What is derived, as far as it can be read. */
    public Projections projections() {
        return new DurableProjections(database);
    }

    @Override
    public void close() {
        database.close();
        lock.close();
    }
}
