package io.tradingecosystem.audit.store;

import org.rocksdb.RocksDBException;

/** Events in a row cannot be read. */
final class UnreadableEventsException extends RocksDBException {
    private static final long serialVersionUID = 1L;

    private final long from;
    private final long to;

    UnreadableEventsException(RocksDBException reason, long from, long to) {
        super(String.valueOf(reason.getMessage()), reason.getStatus());
        initCause(reason);
        this.from = from;
        this.to = to;
    }

    /** The first position. */
    long from() {
        return from;
    }

    /** The last position. */
    long to() {
        return to;
    }
}
