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
        return failure.concernsTheService()
                ? new ServiceFails(failure)
                : new AnswerUnusable(failure);
    }

    AskingException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    Failure failure() {
        return failure;
    }

    /** The service is not there or not well: another attempt may help, and the breaker counts it. */
    static final class ServiceFails extends AskingException {
        private ServiceFails(Failure failure) {
            super(failure);
        }
    }

    /** The service is there and says something that is of no use; it would say so again. */
    static final class AnswerUnusable extends AskingException {
        private AnswerUnusable(Failure failure) {
            super(failure);
        }
    }
}
