package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;

import java.util.List;

/** A definition of an expectation has problems; the message names each with its place. */
public final class InvalidExpectationException extends InvalidDefinitionException {
    private static final long serialVersionUID = 1L;

    public InvalidExpectationException(List<String> problems) {
        super(problems);
    }
}
