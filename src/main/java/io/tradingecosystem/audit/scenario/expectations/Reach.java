package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a window is.
 *
 * @param max the longest that it may be
 * @param variable says how long it is, if one does
 */
record Reach(Duration max, Optional<Variable> variable) {
    /** The longest window by a variable, where the definition does not say. */
    static final Duration DEFAULT_MAX = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofHours(24);

    static Reach of(Duration within) {
        return new Reach(within, Optional.empty());
    }

    /**
     * Reads {@code within}: a duration, a variable, or a mapping with {@code value}, a variable,
     * and {@code at-most}.
     */
    static Reach read(DefinitionNode node, Variables variables) {
        if (node.isMapping("within")) {
            return mapping(node.child("within"), variables);
        }
        return variables
                .in(node, "within")
                .map(each -> new Reach(DEFAULT_MAX, Optional.of(each)))
                .orElseGet(() -> of(DefinitionKind.within(node)));
    }

    private static Reach mapping(DefinitionNode within, Variables variables) {
        Optional<Variable> variable = variables.in(within, "value");
        if (variable.isEmpty()) {
            within.problem("value", "is no variable", "one variable of " + variables.uses());
        }
        Reach reach = new Reach(DefinitionKind.within(within, "at-most", LONGEST), variable);
        within.finish();
        return reach;
    }
}
