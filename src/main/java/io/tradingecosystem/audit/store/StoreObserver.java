package io.tradingecosystem.audit.store;

/** Hears what the log does, on the log's own threads: it must be quick and must not throw. */
@FunctionalInterface
public interface StoreObserver {
    /** Nobody. */
    StoreObserver NONE = (events, nanos) -> {};

    /**
     * A group of events was written.
     *
     * @param events how many
     * @param nanos how long the write took, the sync with it
     */
    void committed(int events, long nanos);
}
