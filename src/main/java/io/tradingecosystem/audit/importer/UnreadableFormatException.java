package io.tradingecosystem.audit.importer;

import java.io.IOException;

/** A file is not of the format that it was said to be; what came before that was taken. */
public final class UnreadableFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableFormatException(String message) {
        super(message);
    }
}
