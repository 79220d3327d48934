package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads events in the order of their positions, up to where one cannot be read. An iterator fails
 * for more than what is damaged, as it looks ahead into other files; a look-up of one key does not,
 * so where it fails each event is looked up by itself.
 */
final class EventScan {
    private static final int MAX_BYTES = 8 << 20;

    /**
     * So many positions are tried one by one; behind them, what is left of a file counts as lost.
     */
    private static final int MAX_TRIED = 4_096;

    private final Tables tables;
    private final long last;
    private final int maxTried;

    /**
     * A scan.
     *
     * @param last the last position of the log
     */
    EventScan(Tables tables, long last) {
        this(tables, last, MAX_TRIED);
    }

    private EventScan(Tables tables, long last, int maxTried) {
        this.tables = tables;
        this.last = last;
        this.maxTried = maxTried;
    }

    /** One that gives no event up, however long it takes. */
    static EventScan thorough(Tables tables, long last) {
        return new EventScan(tables, last, Integer.MAX_VALUE);
    }

    /**
     * Events from a position on, fewer than {@code limit} if they are large or one behind them
     * cannot be read.
     *
     * @throws UnreadableEventsException if the first of them cannot be read
     */
    List<StoredEvent> read(long from, int limit) throws RocksDBException {
        try {
            return iterate(from, limit);
        } catch (RocksDBException e) {
            if (!DamageRegister.isDamage(e)) {
                throw e;
            }
            return oneByOne(from, limit);
        }
    }

    private List<StoredEvent> iterate(long from, int limit) throws RocksDBException {
        List<StoredEvent> events = new ArrayList<>(Math.min(limit, 1_024));
        try (ReadOptions options = new ReadOptions();
                RocksIterator records =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            int size = 0;
            records.seek(BigEndian.of(from));
            while (records.isValid() && events.size() < limit && size < MAX_BYTES) {
                byte[] value = records.value();
                events.add(new StoredEvent(BigEndian.longAt(records.key(), 0), value));
                size += value.length;
                records.next();
            }
            records.status();
        }
        return events;
    }

    private List<StoredEvent> oneByOne(long from, int limit) throws RocksDBException {
        List<StoredEvent> events = new ArrayList<>();
        int size = 0;
        try (EventFiles files = new EventFiles(tables)) {
            for (long at = from; at <= last && events.size() < limit && size < MAX_BYTES; at++) {
                byte[] value = files.get(at);
                if (value != null) {
                    events.add(new StoredEvent(at, value));
                    size += value.length;
                }
            }
        } catch (RocksDBException e) {
            if (events.isEmpty()) {
                throw unreadable(e, from);
            }
        }
        return events;
    }

    /**
     * An event by itself; null if there is nothing.
     *
     * @throws UnreadableEventsException if it is damaged
     */
    static byte @Nullable [] one(Tables tables, long position) throws RocksDBException {
        try {
            return tables.rocks().get(tables.of(Tables.EVENTS), BigEndian.of(position));
        } catch (RocksDBException e) {
            if (!DamageRegister.isDamage(e)) {
                throw e;
            }
            List<StoredEvent> found = new EventScan(tables, position).oneByOne(position, 1);
            return found.isEmpty() ? null : found.getFirst().bytes();
        }
    }

    private UnreadableEventsException unreadable(RocksDBException reason, long from) {
        try (EventFiles files = new EventFiles(tables)) {
            long first = from;
            while (first <= last && isReadable(files, first)) {
                first++;
            }
            return new UnreadableEventsException(reason, first, end(files, first));
        }
    }

    /** The last position behind one that cannot be read before one that can be. */
    private long end(EventFiles files, long from) {
        long at = from;
        for (int tried = 0; tried < maxTried && at < last; tried++) {
            if (isReadable(files, at + 1)) {
                return at;
            }
            at++;
        }
        while (at < last && !isReadable(files, at + 1)) {
            at = Math.max(at + 1, Math.min(last, files.endOfFile(at + 1).orElse(at + 1)));
        }
        return at;
    }

    private static boolean isReadable(EventFiles files, long position) {
        try {
            files.get(position);
            return true;
        } catch (RocksDBException e) {
            return false;
        }
    }
}
