package io.tradingecosystem.audit.definition;

/** What stands between two stars of a pattern. Immutable. */
sealed interface GlobPart permits LiteralPart, WildPart {
    int length();

    /** Whether it stands in a value at a place that leaves room for it. */
    boolean fitsAt(String value, int at);

    /** Where the first of it that stands between two places ends; -1 if none does. */
    int endOfFirst(String value, int from, int to);
}
