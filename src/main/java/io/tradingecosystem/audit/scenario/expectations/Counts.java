package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionNode;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many events must come, and may.
 *
 * @param min so many must; 1 where a variable says it
 * @param max so many may; the most that can be said where a variable says it
 * @param leastBy the variable that says how many must
 * @param mostBy the variable that says how many may
 */
record Counts(int min, OptionalInt max, Optional<Variable> leastBy, Optional<Variable> mostBy) {
    /** So many can be asked for. */
    static final int MAX = 200;

    private static final String EXACTLY = "exactly";
    private static final String AT_LEAST = "at-least";
    private static final String AT_MOST = "at-most";

    /** Reads {@code exactly}, or {@code at-least} and {@code at-most}. */
    static Counts read(DefinitionNode node, Variables variables) {
        Counts counts = node.has(EXACTLY) ? exact(node, variables) : limits(node, variables);
        if (node.has(EXACTLY) && (node.has(AT_MOST) || node.has(AT_LEAST))) {
            node.problem(EXACTLY, "stands beside at-least or at-most", "one of both");
        }
        boolean known = counts.leastBy.isEmpty() && counts.max.isPresent();
        if (known && counts.max.getAsInt() < counts.min) {
            node.problem(AT_MOST, "is less than at-least", "a number that is not");
        }
        return counts;
    }

    private static Counts exact(DefinitionNode node, Variables variables) {
        // All three are known to the reader, whichever is written.
        Optional<Variable> variable = variables.in(node, EXACTLY);
        if (variable.isPresent()) {
            return new Counts(1, OptionalInt.of(MAX), variable, variable);
        }
        int exactly = node.whole(EXACTLY, 1, 1, MAX);
        return new Counts(exactly, OptionalInt.of(exactly), variable, variable);
    }

    private static Counts limits(DefinitionNode node, Variables variables) {
        Optional<Variable> leastBy = variables.in(node, AT_LEAST);
        Optional<Variable> mostBy = variables.in(node, AT_MOST);
        int most = mostBy.isPresent() ? MAX : node.whole(AT_MOST, -1, 1, MAX);
        int otherwise = node.has(AT_MOST) ? 0 : 1;
        int least = leastBy.isPresent() ? 1 : node.whole(AT_LEAST, otherwise, 1, MAX);
        OptionalInt max = most > 0 ? OptionalInt.of(most) : OptionalInt.empty();
        return new Counts(least, max, leastBy, mostBy);
    }
}
