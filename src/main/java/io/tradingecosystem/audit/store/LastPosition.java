package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Where the log ends, also if its last events cannot be read. */
final class LastPosition {
    private LastPosition() {}

    /** The position of the last event; 0 if there is none. */
    static long of(Tables tables) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator events =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            events.seekToLast();
            events.status();
            return events.isValid() ? BigEndian.longAt(events.key(), 0) : 0;
        } catch (RocksDBException e) {
            if (DamageRegister.isDamage(e)) {
                return behindFiles(tables);
            }
            throw e;
        }
    }

    /**
     * Files have their last keys in the manifest; what is behind them is in memory, one behind the
     * other.
     */
    private static long behindFiles(Tables tables) throws RocksDBException {
        try (EventFiles files = new EventFiles(tables)) {
            long last = files.last();
            long step = 1;
            while (files.get(last + step) != null) {
                last += step;
                step *= 2;
            }
            for (; step > 0; step /= 2) {
                last += files.get(last + step) == null ? 0 : step;
            }
            return last;
        }
    }
}
