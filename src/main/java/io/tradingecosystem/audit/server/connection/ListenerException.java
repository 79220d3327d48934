package io.tradingecosystem.audit.server.connection;

/**
 * A listener cannot be opened; the message says which, why and which setting to change.
 *
 * <p>Fault: Helidon 4.5.0, {@code ServerListener.startIt}, says of a port that is taken no more
 * than that the server failed to start, in a stack trace. Held by: {@code
 * OpenDoorsTest.shouldNameThePortAndTheSettingWhenThePortIsTaken}. Look again: Helidon 4.6.
 */
public final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ListenerException(String message) {
        super(message);
    }

    public ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
