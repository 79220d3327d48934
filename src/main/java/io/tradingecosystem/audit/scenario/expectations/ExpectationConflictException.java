package io.tradingecosystem.audit.scenario.expectations;

/** An expectation cannot be put, because a file defines one of the same name. */
public final class ExpectationConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExpectationConflictException(String message) {
        super(message);
    }
}
