package io.tradingecosystem.audit.tls;

/** A file cannot be used for TLS; the message names it, the setting and what is expected. */
public final class UnusableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
        super(message);
    }

    UnusableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
