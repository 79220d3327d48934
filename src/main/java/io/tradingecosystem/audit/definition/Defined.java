package io.tradingecosystem.audit.definition;

/** What a definition says: a rule, or an expectation. */
public interface Defined {
    /** Unique among its kind; lower-case letters, digits, dots and dashes. */
    String name();

    /** Twelve hex digits of the SHA-256 of the definition: the same text, the same version. */
    String version();
}
