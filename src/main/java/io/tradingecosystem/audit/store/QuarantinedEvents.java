package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;

import org.rocksdb.RocksDBException;

/**
 * Positions at which a repair left nothing, as the table {@code meta} has them: under {@code q} and
 * the first (8 bytes) the last (8 bytes). Behind the last stands the event that tells of them.
 */
final class QuarantinedEvents {
    private static final int KEY = 'q';

    private QuarantinedEvents() {}

    static byte[] key(long from) {
        return new ByteWriter(1 + Long.BYTES).octet(KEY).number(from).bytes();
    }

    static byte[] value(long to) {
        return BigEndian.of(to);
    }

    /** Whether it is known that there is nothing from one position to another. */
    static boolean cover(Tables tables, long from, long to) throws RocksDBException {
        byte[] known = tables.rocks().get(tables.of(Tables.META), key(from));
        return known != null && BigEndian.longAt(known, 0) >= to;
    }
}
