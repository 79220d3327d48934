package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Removes the ids of events that are no longer kept, a few at a time. */
final class IdSweep {
    private static final int CHUNK = 1_024;

    private final Database database;
    private final Segments segments;
    private final ReentrantLock writing;

    /**
     * @param writing is held between looking at ids and removing them, so that none is removed that
     *     was stored anew meanwhile
     */
    IdSweep(Database database, Segments segments, ReentrantLock writing) {
        this.database = database;
        this.segments = segments;
        this.writing = writing;
    }

    /**
     * Removes the ids of the next events.
     *
     * @param from the first position to look at
     * @param behind the first position to leave alone
     * @return where to go on; {@code behind} when there is nothing more
     */
    long remove(long from, long behind) {
        List<byte[]> keys = new ArrayList<>(CHUNK);
        List<Long> positions = new ArrayList<>(CHUNK);
        database.use(tables -> read(tables, from, behind, keys, positions));
        if (keys.isEmpty()) {
            return behind;
        }
        writing.lock();
        try {
            database.use(tables -> remove(tables, keys, positions));
        } finally {
            writing.unlock();
        }
        return positions.getLast() + 1;
    }

    private boolean read(
            Tables tables, long from, long behind, List<byte[]> keys, List<Long> positions)
            throws RocksDBException {
        try (Slice bound = new Slice(BigEndian.of(behind));
                ReadOptions options =
                        new ReadOptions().setFillCache(false).setIterateUpperBound(bound);
                RocksIterator events =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            events.seek(BigEndian.of(from));
            while (events.isValid() && keys.size() < CHUNK) {
                long position = BigEndian.longAt(events.key(), 0);
                String id = EventCodec.decode(position, events.value()).id();
                keys.add(segments.idKey(position, id));
                positions.add(position);
                events.next();
            }
            events.status();
            return true;
        }
    }

    private static boolean remove(Tables tables, List<byte[]> keys, List<Long> positions)
            throws RocksDBException {
        ColumnFamilyHandle ids = tables.of(Tables.IDS);
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions()) {
            List<byte[]> values =
                    tables.rocks().multiGetAsList(Collections.nCopies(keys.size(), ids), keys);
            for (int i = 0; i < keys.size(); i++) {
                byte[] value = values.get(i);
                if (value != null && BigEndian.longAt(value, 0) == positions.get(i)) {
                    batch.delete(ids, keys.get(i));
                }
            }
            tables.rocks().write(options, batch);
            return true;
        }
    }
}
