package io.tradingecosystem.audit.correlation.rules;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;

import java.util.List;

/** A definition of a rule has problems; the message names each with its place. */
public final class InvalidRuleException extends InvalidDefinitionException {
    private static final long serialVersionUID = 1L;

    InvalidRuleException(List<String> problems) {
        super(problems);
    }
}
