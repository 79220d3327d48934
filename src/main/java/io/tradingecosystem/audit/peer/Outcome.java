package io.tradingecosystem.audit.peer;

/** What a call says about the instance that was called. */
enum Outcome {
    /** It works: it answered, if only that it does not like the request. */
    SUCCEEDED,
    /** It does not work, or not in time. */
    FAILED,
    /** Nothing: the caller gave up. */
    UNDECIDED
}
