package io.tradingecosystem.audit.peer;

/** The instance works, and has no such method or path. */
final class UnsupportedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException answer;

    UnsupportedCallException(RuntimeException answer) {
        super(answer);
        this.answer = answer;
    }

    /** What the instance said. */
    RuntimeException answer() {
        return answer;
    }
}
