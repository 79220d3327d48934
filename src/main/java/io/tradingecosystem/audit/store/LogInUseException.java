package io.tradingecosystem.audit.store;

import java.nio.file.Path;

/** Another process has the log open. */
public final class LogInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    LogInUseException(Path directory) {
        super("the log in " + directory + " is in use by another process; stop it first");
    }
}
