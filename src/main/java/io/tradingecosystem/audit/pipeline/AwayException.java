package io.tradingecosystem.audit.pipeline;

/** The service is not there, or has no time; it may be later. */
public final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
