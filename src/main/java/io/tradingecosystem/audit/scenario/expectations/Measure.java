package io.tradingecosystem.audit.scenario.expectations;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.definition.EventPattern;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is measured over a run, and how much of it may be. Immutable.
 *
 * @param name how findings refer to it
 * @param pattern the events of the run that are measured
 * @param of what of them
 * @param attribute whose values are told apart or added up; empty for a rate
 * @param atLeast the least that must be
 * @param atMost the most that may be
 * @param minSamples of fewer such events nothing is told; 0 where none is an answer
 */
public record Measure(
        String name,
        EventPattern pattern,
        Of of,
        String attribute,
        Optional<Limit> atLeast,
        Optional<Limit> atMost,
        int minSamples) {

    public Measure {
        requireNonNull(name, "name is null");
        requireNonNull(pattern, "pattern is null");
        requireNonNull(of, "of is null");
        requireNonNull(attribute, "attribute is null");
    }

    /** What is measured. */
    public enum Of {
        /** Events a second. */
        RATE,
        /** How many values an attribute has. */
        DISTINCT,
        /** What the values of an attribute add up to, exactly. */
        SUM
    }

    /**
     * A limit.
     *
     * @param value a number, or a multiple of what it was in the baseline
     * @param ofBaseline whether it is a multiple
     */
    public record Limit(BigDecimal value, boolean ofBaseline) {
        @Override
        public String toString() {
            return value.toPlainString() + (ofBaseline ? "x baseline" : "");
        }
    }

    /** Whether it is compared with another run. */
    public boolean hasBaseline() {
        return atLeast.filter(Limit::ofBaseline).isPresent()
                || atMost.filter(Limit::ofBaseline).isPresent();
    }
}
