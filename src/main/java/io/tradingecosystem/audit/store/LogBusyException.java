package io.tradingecosystem.audit.store;

import java.time.Duration;

/** The log has more waiting than it may hold. Nothing was stored; the caller may try again. */
public final class LogBusyException extends RuntimeException {
    private final Duration retryAfter;

    public LogBusyException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When trying again may help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
