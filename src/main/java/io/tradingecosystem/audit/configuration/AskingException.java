package io.tradingecosystem.audit.configuration;

/**
 * One attempt to ask the service failed. There are two classes because fault tolerance tells
 * failures apart by class.
 */
abstract sealed class AskingException extends RuntimeException {
    private final Failure failure;

    private AskingException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    static AskingException of(Failure.Kind kind, String message) {
        Failure failure = new Failure(kind, message);
        return failure.mayPass() ? new Passing(failure) : new Lasting(failure);
    }

    AskingException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    Failure failure() {
        return failure;
    }

    /**
     * The service is not there or not well: another attempt may help, and the breaker counts it.
     */
    static final class Passing extends AskingException {
        private Passing(Failure failure) {
            super(failure);
        }
    }

    /** The service says something that is of no use, and would say so again. */
    static final class Lasting extends AskingException {
        private Lasting(Failure failure) {
            super(failure);
        }
    }
}
