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
     * Removes the ids of the next events. Those of events that cannot be read stay: they are found
     * no more, as they lead to what is gone.
     *
     * @param from the first position to look at
     * @param behind the first position to leave alone
     * @return where to go on; {@code behind} when there is nothing more
     */
    long remove(long from, long behind) {
        try {
            List<StoredEvent> events = database.use(tables -> read(tables, from, behind));
            return events.isEmpty() ? behind : removed(events);
        } catch (LogDamagedException e) {
            if (e.damage().hasPositions()) {
                return e.damage().to() + 1;
            }
            throw e;
        }
    }

    private long removed(List<StoredEvent> events) {
        List<byte[]> keys = new ArrayList<>(events.size());
        List<Long> positions = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            keys.add(segments.idKey(event.position(), event.decoded().id()));
            positions.add(event.position());
        }
        writing.lock();
        try {
            database.use(tables -> remove(tables, keys, positions));
        } finally {
            writing.unlock();
        }
        return positions.getLast() + 1;
    }

    private static List<StoredEvent> read(Tables tables, long from, long behind)
            throws RocksDBException {
        try {
            return iterate(tables, from, behind);
        } catch (RocksDBException e) {
            if (!DamageRegister.isDamage(e)) {
                throw e;
            }
            return new EventScan(tables, behind - 1).read(from, CHUNK);
        }
    }

    private static List<StoredEvent> iterate(Tables tables, long from, long behind)
            throws RocksDBException {
        List<StoredEvent> found = new ArrayList<>(CHUNK);
        try (Slice bound = new Slice(BigEndian.of(behind));
                ReadOptions options =
                        new ReadOptions().setFillCache(false).setIterateUpperBound(bound);
                RocksIterator events =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            for (events.seek(BigEndian.of(from));
                    events.isValid() && found.size() < CHUNK;
                    events.next()) {
                found.add(new StoredEvent(BigEndian.longAt(events.key(), 0), events.value()));
            }
            events.status();
        }
        return found;
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
