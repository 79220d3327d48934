package io.tradingecosystem.audit.definition;

import java.util.List;

/** A definition of a rule or an expectation has problems; the message names each with its place. */
public final class InvalidDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** With at least one problem. */
    public InvalidDefinitionException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem: file, place, what is wrong, what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
