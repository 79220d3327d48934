package io.tradingecosystem.audit.store;

/** The log cannot be written or read: the disk is full, a write failed, or it is closed. */
public final class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message) {
        super(message);
    }

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
