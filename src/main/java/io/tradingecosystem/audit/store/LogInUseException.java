package io.tradingecosystem.audit.store;

/** Another process has the log open. */
public final class LogInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    LogInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
