package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import org.rocksdb.RocksDBException;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The id of a log, under {@code i} in the table {@code meta}; an older log gets one. */
final class LogIdentity {
    private static final EventLogger LOG = EventLogger.of(LogIdentity.class);
    private static final byte[] KEY = {'i'};
    private static final int DIGITS = 12;

    private LogIdentity() {}

    /** The id in the tables, put there if there is none. */
    static String of(Tables tables) throws RocksDBException {
        byte[] known = tables.rocks().get(tables.of(Tables.META), KEY);
        if (known != null) {
            return new String(known, StandardCharsets.US_ASCII);
        }
        String made = random();
        try {
            byte[] value = made.getBytes(StandardCharsets.US_ASCII);
            tables.rocks().put(tables.of(Tables.META), KEY, value);
        } catch (RocksDBException e) {
            // On a full disk the id is good for this process; watchers begin anew after it.
            LOG.debug("store.identity.not_noted", "reason", e);
        }
        return made;
    }

    /** A new one; the random digits of a UUID are its first. */
    static String random() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
    }
}
