package io.tradingecosystem.audit.correlation;

/**
 * A rule with its source.
 *
 * @param rule what it says
 * @param text its definition as JSON
 * @param eventId the event that put it in force; empty for one that was only read
 */
record RuleDefinition(Rule rule, String text, String eventId) {

    RuleDefinition inForceBy(String event) {
        return new RuleDefinition(rule, text, event);
    }

    /** Whether both say the same, wherever they come from. */
    boolean saysTheSameAs(RuleDefinition other) {
        return text.equals(other.text);
    }
}
