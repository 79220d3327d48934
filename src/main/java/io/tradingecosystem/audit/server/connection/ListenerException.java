package io.tradingecosystem.audit.server.connection;

/** A door cannot be opened; the message says which, why and which setting to change. */
public final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ListenerException(String message) {
        super(message);
    }

    public ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
