package io.tradingecosystem.audit.access;

import java.time.Duration;

/** A caller sent as much as it may for now. Nothing of what it sends was taken. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Denial limit;
    private final Duration retryAfter;

    LimitExceededException(Denial limit, String caller, Duration retryAfter) {
        super("%s has sent what access.limits allows for now.".formatted(caller));
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** Which limit it is. */
    public Denial limit() {
        return limit;
    }

    /** When the same may be taken. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
