package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.logging.EventLogger;

import org.rocksdb.RocksDBException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the log went on in another write-ahead log because it was opened anew. RocksDB misses only
 * those write-ahead logs that it finished itself. One that was in use when the process ended may be
 * gone or cut, and if there is another behind it, the log still ends where it should. The table
 * {@code meta} has, under {@code o}, the last position of each time the log was opened (8 bytes
 * each): where there is no event now, one is gone. For one thread.
 */
final class ReopenMarks {
    private static final EventLogger LOG = EventLogger.of(ReopenMarks.class);
    private static final byte[] KEY = {'o'};
    private static final int MAX = 64;

    private final Path path;

    ReopenMarks(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * Passes if the log has no hole.
     *
     * @param first the first position that is kept
     * @throws StoreException if it has one
     */
    boolean require(Tables tables, long first) throws RocksDBException {
        for (long position : read(tables)) {
            byte[] key = BigEndian.of(position);
            if (position >= first && tables.rocks().get(tables.of(Tables.EVENTS), key) == null) {
                throw new StoreException(
                        "the log in "
                                + path
                                + " has events behind position "
                                + position
                                + ", but none there: a write-ahead log (a file *.log) is missing"
                                + " or was cut; "
                                + DataDirectory.REMEDY);
            }
        }
        return true;
    }

    /** Notes where the log ends; what was written before must be on disk. */
    boolean note(Tables tables, long last) {
        try {
            List<Long> positions = new ArrayList<>(read(tables));
            if (last > 0 && !positions.contains(last)) {
                if (positions.size() == MAX) {
                    // Then no write-ahead log of before is needed any more.
                    tables.flush();
                    positions.clear();
                }
                positions.add(last);
                ByteWriter value = new ByteWriter(positions.size() * Long.BYTES);
                positions.forEach(value::number);
                tables.rocks().put(tables.of(Tables.META), KEY, value.bytes());
            }
        } catch (RocksDBException e) {
            // A full disk refuses the next append as well, and the log is opened again.
            LOG.debug("store.seam.not_noted", "reason", e);
        }
        return true;
    }

    private static List<Long> read(Tables tables) throws RocksDBException {
        byte[] value = tables.rocks().get(tables.of(Tables.META), KEY);
        List<Long> positions = new ArrayList<>();
        for (int at = 0; value != null && at < value.length; at += Long.BYTES) {
            positions.add(BigEndian.longAt(value, at));
        }
        return positions;
    }
}
