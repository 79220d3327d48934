package io.tradingecosystem.audit.api.events;

/**
 * The log failed, or the sender's limits were reached, in the middle of a body that is stored while
 * it is read.
 */
final class CutShortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Results results;
    private final RuntimeException failure;

    /**
     * A body of which a part is stored.
     *
     * @param results what became of the events up to the failure
     * @param failure why no more was taken
     */
    CutShortException(Results results, RuntimeException failure) {
        super(failure);
        this.results = results;
        this.failure = failure;
    }

    Results results() {
        return results;
    }

    RuntimeException failure() {
        return failure;
    }
}
