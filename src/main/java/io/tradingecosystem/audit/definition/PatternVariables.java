package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.definition.Condition.Side;

/** Tells what stands in a pattern in the place of a value that is known later. */
public interface PatternVariables {
    /** Every text is itself. */
    PatternVariables NONE =
            new PatternVariables() {
                @Override
                public boolean isWanted(String attribute, String text) {
                    return false;
                }

                @Override
                public boolean isCompared(String attribute, Side side, String text) {
                    return false;
                }
            };

    /** Whether the text that an attribute must have is no value. */
    boolean isWanted(String attribute, String text);

    /** Whether the text that an attribute is compared with is no number. */
    boolean isCompared(String attribute, Side side, String text);

    /** The same for one of several patterns: what holds of one only is a problem. */
    default PatternVariables refusedIn(DefinitionNode one) {
        PatternVariables all = this;
        return new PatternVariables() {
            @Override
            public boolean isWanted(String attribute, String text) {
                return refused(all.isWanted("any-of", text), text);
            }

            @Override
            public boolean isCompared(String attribute, Side side, String text) {
                return refused(all.isCompared("any-of", side, text), text);
            }

            private boolean refused(boolean meant, String text) {
                if (meant) {
                    one.problem("attributes", "has " + text, "values, within any-of");
                }
                return meant;
            }
        };
    }
}
