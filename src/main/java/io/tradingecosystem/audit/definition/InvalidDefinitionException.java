package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.common.PrintableText;

import java.util.List;

/** A definition of a rule or an expectation has problems; the message names each with its place. */
public final class InvalidDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;
    private final boolean setAside;

    /** With at least one problem. */
    public InvalidDefinitionException(List<String> problems) {
        this(problems, false);
    }

    private InvalidDefinitionException(List<String> problems, boolean setAside) {
        super(PrintableText.line(String.join("; ", problems)));
        this.problems = problems.stream().map(PrintableText::line).toList();
        this.setAside = setAside;
    }

    /** Of a document without definitions, which costs nothing but itself. */
    static InvalidDefinitionException settingAside(String problem) {
        return new InvalidDefinitionException(List.of(problem), true);
    }

    /** Each problem: document, line, column, definition, key, what is wrong, what is allowed. */
    public List<String> problems() {
        return problems;
    }

    /** Whether the document has no definitions of its kind, so that others do without it. */
    public boolean isSetAside() {
        return setAside;
    }
}
