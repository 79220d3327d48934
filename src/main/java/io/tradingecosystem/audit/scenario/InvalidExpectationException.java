package io.tradingecosystem.audit.scenario;

import java.util.List;

/** A definition of an expectation has problems; the message names each with its place. */
public final class InvalidExpectationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidExpectationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem: file, place, what is wrong, what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
