package io.tradingecosystem.audit.access;

/** What decides about access cannot be read or written, so that the service does not start. */
public final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
