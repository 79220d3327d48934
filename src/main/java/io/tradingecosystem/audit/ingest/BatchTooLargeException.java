package io.tradingecosystem.audit.ingest;

/** A sender gave more events at once than one batch may have. None of them was taken. */
public final class BatchTooLargeException extends RuntimeException {
    private final int limit;

    BatchTooLargeException(int size, int limit) {
        super("A batch of " + size + " events is over the limit of " + limit + ".");
        this.limit = limit;
    }

    /** How many events a batch may have. */
    public int limit() {
        return limit;
    }
}
