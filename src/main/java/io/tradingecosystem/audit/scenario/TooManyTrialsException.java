package io.tradingecosystem.audit.scenario;

/** As many expectations are tried as may be at one time. */
public final class TooManyTrialsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyTrialsException() {
        super("As many expectations are tried on stored history as may be at one time.");
    }
}
