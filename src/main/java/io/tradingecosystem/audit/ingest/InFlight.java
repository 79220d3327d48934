package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.store.LogBusyException;

/** How much is on its way into the log, and the bounds on it. Thread-safe. */
final class InFlight {
    private final SharedBudget bytes;
    private final SharedBudget events;

    /**
     * @param maxSize in bytes
     * @param maxEvents how many
     */
    InFlight(long maxSize, long maxEvents) {
        this.bytes = new SharedBudget(maxSize, "bytes of events");
        this.events = new SharedBudget(maxEvents, "events");
    }

    /**
     * Makes room for a batch; {@link #leave} gives it back.
     *
     * @param payer whose it is; empty for nobody's
     * @throws LogBusyException if there is none, for this one or at all
     */
    void enter(String payer, Delivery batch) {
        bytes.enter(payer, batch.size());
        try {
            events.enter(payer, batch.admitted().size());
        } catch (LogBusyException e) {
            bytes.leave(payer, batch.size());
            throw e;
        }
    }

    void leave(String payer, Delivery batch) {
        bytes.leave(payer, batch.size());
        events.leave(payer, batch.admitted().size());
    }

    /** The bytes of all that is on its way. */
    long size() {
        return bytes.now();
    }
}
