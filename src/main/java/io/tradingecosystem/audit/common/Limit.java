package io.tradingecosystem.audit.common;

/**
 * How many of something a question may ask for, from 1.
 *
 * @param defaultValue where the question does not say
 * @param max at most so many
 */
public record Limit(int defaultValue, int max) {

    /** What a message asks for, in which 0 is an absent number and more than the most is cut. */
    public int of(int asked) {
        return asked <= 0 ? defaultValue : Math.min(asked, max);
    }
}
