package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The open database: one column family per table. Whoever holds one holds {@link Database}'s gate.
 */
final class Tables implements AutoCloseable {
    /** What the log knows about itself; see {@link Segments}. */
    static final int META = 0;

    /** Position (8 bytes) to event, as {@link EventCodec} writes it. */
    static final int EVENTS = 1;

    /** Event id, as {@link Keys#id} writes it, to position (8 bytes). */
    static final int IDS = 2;

    /** Lists of positions by what their events share; see {@link Postings}. */
    static final int POSTINGS = 3;

    /** Records derived from the log; see {@link DurableProjection}. */
    static final int PROJECTIONS = 4;

    private static final List<String> NAMES =
            List.of("default", "events", "ids", "postings", "projections");

    private final Tuning tuning;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> handles;

    private Tables(Tuning tuning, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.tuning = tuning;
        this.rocks = rocks;
        this.handles = handles;
    }

    /**
     * Opens a directory.
     *
     * @param create whether there may be nothing in it yet
     */
    static Tables open(Path directory, boolean create, StoreSettings settings)
            throws RocksDBException {
        return open(directory, Tuning.of(settings, create));
    }

    /**
     * Opens a directory that was just opened for reading, and so is as it should be, but for blocks
     * of tables perhaps: a compaction that cannot read one fails, and writing goes on.
     */
    static Tables openAgain(Path directory, StoreSettings settings) throws RocksDBException {
        Tuning tuning = Tuning.of(settings, false);
        tuning.database().setParanoidChecks(false);
        return open(directory, tuning);
    }

    private static Tables open(Path directory, Tuning tuning) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks =
                    RocksDB.open(
                            tuning.database(), directory.toString(), families(tuning), handles);
            Tables tables = new Tables(tuning, rocks, handles);
            tables.requireNumbers();
            return tables;
        } catch (RocksDBException | RuntimeException e) {
            tuning.close();
            throw e;
        }
    }

    /** Opens a directory for nothing but reading, as strictly as for writing. */
    static Tables openForReading(Path directory, StoreSettings settings) throws RocksDBException {
        Tuning tuning = Tuning.of(settings, false);
        return openForReading(directory, tuning, tuning.database());
    }

    /**
     * Opens a directory for nothing but reading, also if files are damaged or missing: what is
     * damaged in a write-ahead log is left out. Nobody else may have it open.
     */
    static Tables openDamaged(Path directory, StoreSettings settings) throws RocksDBException {
        try (DBOptions options = new DBOptions()) {
            options.setParanoidChecks(false)
                    .setWalRecoveryMode(WALRecoveryMode.SkipAnyCorruptedRecords)
                    .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
            return openForReading(directory, Tuning.of(settings, false), options);
        }
    }

    private static Tables openForReading(Path directory, Tuning tuning, DBOptions options)
            throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks =
                    RocksDB.openReadOnly(options, directory.toString(), families(tuning), handles);
            return new Tables(tuning, rocks, handles);
        } catch (RocksDBException | RuntimeException e) {
            tuning.close();
            throw e;
        }
    }

    private static List<ColumnFamilyDescriptor> families(Tuning tuning) {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (int table = 0; table < NAMES.size(); table++) {
            byte[] name = NAMES.get(table).getBytes(StandardCharsets.US_ASCII);
            families.add(new ColumnFamilyDescriptor(name, tuning.family(table)));
        }
        return families;
    }

    RocksDB rocks() {
        return rocks;
    }

    ColumnFamilyHandle of(int table) {
        return handles.get(table);
    }

    /** How a table is called in the database. */
    static byte[] name(int table) {
        return NAMES.get(table).getBytes(StandardCharsets.US_ASCII);
    }

    boolean flush() throws RocksDBException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            rocks.flush(options, handles);
            return true;
        }
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        rocks.close();
        tuning.close();
    }

    /** Write batches name a column family by number, so the numbers are part of the format. */
    private void requireNumbers() {
        for (int table = 0; table < NAMES.size(); table++) {
            if (handles.get(table).getID() != table) {
                throw new StoreException(
                        "the tables of the log have unexpected numbers: "
                                + NAMES.get(table)
                                + " is "
                                + handles.get(table).getID());
            }
        }
    }
}
