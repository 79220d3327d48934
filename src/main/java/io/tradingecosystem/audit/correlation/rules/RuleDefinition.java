package io.tradingecosystem.audit.correlation.rules;

/**
 * A rule with its source.
 *
 * @param rule what it says
 * @param text its definition as JSON
 * @param eventId the event that put it in force; empty for one that was only read
 */
public record RuleDefinition(Rule rule, String text, String eventId) {

    public RuleDefinition inForceBy(String event) {
        return new RuleDefinition(rule, text, event);
    }

    /** Whether both say the same, wherever they come from. */
    public boolean saysTheSameAs(RuleDefinition other) {
        return text.equals(other.text);
    }
}
