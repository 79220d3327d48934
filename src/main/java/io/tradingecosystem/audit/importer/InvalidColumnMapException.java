package io.tradingecosystem.audit.importer;

/** A map of columns makes no sense. */
public final class InvalidColumnMapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidColumnMapException(String message) {
        super(message);
    }
}
