package io.tradingecosystem.audit.store;

import org.jspecify.annotations.Nullable;

/**
 * The log cannot be written or read: the disk is full, a write failed, it is closed, or, of the
 * subclass, a part of it is damaged.
 */
public sealed class LogUnavailableException extends RuntimeException permits LogDamagedException {
    private static final long serialVersionUID = 1L;

    LogUnavailableException(String message) {
        super(message);
    }

    LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A caller that is gone needs no answer. */
    static void requireCaller() {
        if (Thread.currentThread().isInterrupted()) {
            throw new LogUnavailableException("the search was interrupted");
        }
    }
}
