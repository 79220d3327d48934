package io.tradingecosystem.audit.peer;

/** Whether an instance is called. */
public enum BreakerState {
    /** It is. */
    CLOSED,
    /** It is not: too many calls have failed. */
    OPEN,
    /** A few calls are let through, to see whether it works again. */
    HALF_OPEN
}
