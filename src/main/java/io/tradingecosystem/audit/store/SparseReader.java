package io.tradingecosystem.audit.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.util.Arrays;
import java.util.Optional;

/**
 * Reads many records of a table by their keys, of which there may be few or none. It remembers
 * between which two keys there is nothing, so that in ascending order what is not there costs a
 * comparison and no look-up. Any order gives the right answers. One thread.
 */
final class SparseReader implements AutoCloseable {
    /** A record so near behind is reached by stepping, which is cheaper than looking for it. */
    private static final int MAX_STEPS = 4;

    private final ReadOptions options = new ReadOptions();
    private final RocksIterator records;

    /** Behind this there is nothing before {@link #at}. */
    private byte[] behind = {};

    /** The key that the iterator stands on; null behind the last. */
    private byte @Nullable [] at;

    private boolean begun;

    SparseReader(Tables tables, int table) throws RocksDBException {
        records = tables.rocks().newIterator(tables.of(table), options);
    }

    /** The record with a key. */
    Optional<byte[]> get(byte[] key) throws RocksDBException {
        if (!begun || Arrays.compareUnsigned(key, behind) <= 0) {
            seek(key);
        }
        for (int step = 0; isBefore(key) && step < MAX_STEPS; step++) {
            step();
        }
        if (isBefore(key)) {
            seek(key);
        }
        return Arrays.equals(at, key) ? Optional.of(records.value()) : Optional.empty();
    }

    @Override
    public void close() {
        records.close();
        options.close();
    }

    private void seek(byte[] key) throws RocksDBException {
        records.seek(key);
        begun = true;
        behind = key;
        load();
    }

    private void step() throws RocksDBException {
        byte[] before = at;
        records.next();
        behind = before == null ? behind : before;
        load();
    }

    private void load() throws RocksDBException {
        if (records.isValid()) {
            at = records.key();
        } else {
            at = null;
            records.status();
        }
    }

    private boolean isBefore(byte[] key) {
        byte[] here = at;
        return here != null && Arrays.compareUnsigned(here, key) < 0;
    }
}
