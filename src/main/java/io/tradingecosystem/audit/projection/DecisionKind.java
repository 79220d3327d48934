package io.tradingecosystem.audit.projection;

import java.util.function.Predicate;

/**
 * A kind of thing that is derived from the log, and what decides it beside definitions.
 *
 * @param outcome what is derived, such as {@code links}
 * @param section of the settings that decide it
 * @param semantics the number of the semantics by which this program decides
 * @param sensible whether settings of the log can be decided by
 */
public record DecisionKind(
        String outcome, String section, int semantics, Predicate<DecisionSettings> sensible) {
    /** What was decided before the log said by which semantics. */
    public static final int FIRST_SEMANTICS = 1;
}
