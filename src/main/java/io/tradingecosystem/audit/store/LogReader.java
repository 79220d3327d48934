package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a log that nobody had open when this opened it, as it was then, and changes nothing in its
 * directory; so it may be one that nobody may write. A process that opens it later may remove what
 * is still to be read, which is an error then. Thread-safe.
 */
public final class LogReader implements AutoCloseable {
    private static final int MAX_BYTES = 4 << 20;

    private final Database database;
    private final Segments segments;
    private final long last;

    private LogReader(Database database) {
        this.database = database;
        this.segments = database.use(Segments::inspect);
        this.last = database.use(segments::last);
    }

    /**
     * Opens the log that settings tell of.
     *
     * @throws LogInUseException if another process has it open: files that it writes and removes
     *     meanwhile would be missed without a word
     * @throws StoreException if there is none, or it cannot be read
     */
    public static LogReader open(StoreSettings settings) {
        DataDirectory.of(settings.path()).requireLog();
        try (LogLock lock = LogLock.shared(settings.path())) {
            return opened(settings);
        }
    }

    private static LogReader opened(StoreSettings settings) {
        Database database = Database.openForReading(settings);
        try {
            return new LogReader(database);
        } catch (LogUnavailableException e) {
            database.close();
            throw new StoreException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The first position that is kept. */
    public long first() {
        return segments.first();
    }

    /** The last position; one before the first where nothing is kept. */
    public long last() {
        return last;
    }

    /**
     * Some of the events from a position on, in the order of their positions.
     *
     * @return empty when there are no more
     * @throws LogUnavailableException if they cannot be read
     */
    public List<AuditEvent> from(long position) {
        return database.use(tables -> read(tables, Math.max(position, first())));
    }

    private static List<AuditEvent> read(Tables tables, long from) throws RocksDBException {
        List<AuditEvent> events = new ArrayList<>();
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator records =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            int size = 0;
            records.seek(BigEndian.of(from));
            while (records.isValid() && size < MAX_BYTES) {
                byte[] value = records.value();
                events.add(EventCodec.decode(BigEndian.longAt(records.key(), 0), value));
                size += value.length;
                records.next();
            }
            records.status();
        }
        return events;
    }

    @Override
    public void close() {
        database.close();
    }
}
