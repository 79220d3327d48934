package io.tradingecosystem.audit.pipeline;

/** The service does not take what it was asked, and will not later. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
