package io.tradingecosystem.audit.store;

/**
 * The log cannot be opened; the message says which file or directory, why, and what can be done.
 */
public sealed class StoreException extends RuntimeException permits LogInUseException {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
