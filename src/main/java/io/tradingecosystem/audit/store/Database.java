package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The one owner of the RocksDB handle. A handle or iterator that is used after the database was
 * closed kills the process, so every use happens inside {@link #use}, which closing waits for.
 * Thread-safe.
 */
final class Database implements AutoCloseable {
    private final DataDirectory directory;
    private final StoreSettings settings;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions buffered = new WriteOptions().setSync(false);
    private Optional<Tables> tables;
    private final DamageRegister damages = new DamageRegister();
    private boolean closed;

    /** Only of the thread that opens again. */
    private boolean readOnly;

    private Database(DataDirectory directory, StoreSettings settings, Tables tables) {
        this.directory = directory;
        this.settings = settings;
        this.tables = Optional.of(tables);
    }

    /**
     * Opens the log's database, or makes it where there was none.
     *
     * @throws StoreException if it is damaged, newer than this program, or used by another process
     */
    static Database open(StoreSettings settings) {
        RocksLibrary.load(settings.path());
        DataDirectory directory = DataDirectory.of(settings.path());
        return new Database(directory, settings, directory.open(settings));
    }

    /**
     * Opens it for nothing but reading.
     *
     * @throws StoreException if there is none, or it cannot be read
     */
    static Database openForReading(StoreSettings settings) {
        RocksLibrary.load(settings.path());
        DataDirectory directory = DataDirectory.of(settings.path());
        return new Database(directory, settings, directory.openForReading(settings));
    }

    /**
     * Opens it for nothing but reading, also if files are damaged; nobody else may have it open.
     *
     * @throws StoreException if there is none, it is newer than this program, or what lists its
     *     files is damaged
     */
    static Database openDamaged(StoreSettings settings) {
        RocksLibrary.load(settings.path());
        DataDirectory directory = DataDirectory.of(settings.path());
        return new Database(directory, settings, directory.openDamaged(settings));
    }

    /** Something that uses the open database and lets go of it when it returns. */
    @FunctionalInterface
    interface Use<T> {
        T with(Tables tables) throws RocksDBException;
    }

    /**
     * Uses the database.
     *
     * @throws LogDamagedException if what is used of it is damaged
     * @throws LogUnavailableException if it is closed, or cannot be read
     */
    <T> T use(Use<T> use) {
        gate.readLock().lock();
        try {
            return use.with(opened());
        } catch (RocksDBException e) {
            throw unreadable(e);
        } finally {
            gate.readLock().unlock();
        }
    }

    /** What was found damaged since the database was opened. */
    List<Damage> damages() {
        return damages.found();
    }

    /** What a failed read means; damage is noted. */
    LogUnavailableException unreadable(RocksDBException e) {
        if (DamageRegister.isDamage(e)) {
            return new LogDamagedException(note(e), e);
        }
        return new LogUnavailableException(
                "the log in " + settings.path() + " cannot be read: " + e.getMessage(), e);
    }

    /** Notes that something is damaged, and says what. */
    Damage note(RocksDBException e) {
        Damage damage = DamageRegister.of(e);
        note(damage);
        return damage;
    }

    /** Notes that something is damaged. */
    void note(Damage damage) {
        damages.note(damage);
    }

    /**
     * Writes a batch as a whole.
     *
     * @param batch in RocksDB's form
     * @param durable whether to return only when it is on disk
     */
    void write(WriteBatch batch, boolean durable) throws RocksDBException {
        gate.readLock().lock();
        try {
            opened().rocks().write(durable ? synced : buffered, batch);
        } finally {
            gate.readLock().unlock();
        }
    }

    /**
     * Closes and opens again, which is how RocksDB gets over a failed write. Where the disk is too
     * full for that, reading goes on.
     *
     * @throws StoreException if that does not go well; the next attempt may
     */
    void reopen() {
        if (!readOnly) {
            swap(() -> directory.openForReading(settings));
            readOnly = true;
        }
        // Beside the one that is read: that takes no lock, and what it reads stays until it is
        // closed but for what a compaction removes, a moment before.
        Tables writable = directory.openAgain(settings);
        swap(() -> writable);
        readOnly = false;
        damages.forget();
    }

    /** Readers wait until there is the other. */
    private void swap(Supplier<Tables> other) {
        gate.writeLock().lock();
        try {
            tables.ifPresent(Tables::close);
            tables = Optional.empty();
            tables = Optional.of(other.get());
            if (closed) {
                tables.ifPresent(Tables::close);
                tables = Optional.empty();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * What was read again when the log was opened may not have reached the disk before.
     *
     * @throws StoreException if it does not now
     */
    void syncWriteAheadLogs() {
        directory.syncWriteAheadLogs();
    }

    /** Closes when nobody uses it any more; a later user gets an exception. */
    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tables.ifPresent(Tables::close);
                tables = Optional.empty();
                synced.close();
                buffered.close();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    private Tables opened() {
        return tables.orElseThrow(
                () ->
                        new LogUnavailableException(
                                closed
                                        ? "the log is closed"
                                        : "the log is being opened again after a failed write"));
    }
}
