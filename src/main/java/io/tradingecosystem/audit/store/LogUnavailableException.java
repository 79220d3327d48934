package io.tradingecosystem.audit.store;

/** The log cannot be written or read: the disk is full, a write failed, or it is closed. */
public final class LogUnavailableException extends RuntimeException {
    LogUnavailableException(String message) {
        super(message);
    }

    LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
