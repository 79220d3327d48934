package io.tradingecosystem.audit.server;

/** A door cannot be opened; the message says which, why and which setting to change. */
public final class DoorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoorException(String message) {
        super(message);
    }

    DoorException(String message, Throwable cause) {
        super(message, cause);
    }
}
