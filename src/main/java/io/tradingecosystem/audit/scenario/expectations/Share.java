package io.tradingecosystem.audit.scenario.expectations;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * How many of some occurrences must pass. Immutable.
 *
 * @param atLeast in percent, from above 0 to 100
 * @param minSamples of fewer occurrences nothing is told
 */
public record Share(BigDecimal atLeast, int minSamples) {
    /** Every one of them. */
    public static final Share ALL = new Share(BigDecimal.valueOf(100), 1);

    public Share {
        requireNonNull(atLeast, "atLeast is null");
    }

    /** Whether a single one that does not pass decides. */
    public boolean isAll() {
        return atLeast.compareTo(ALL.atLeast) == 0;
    }

    /** Whether so many of some are enough. */
    public boolean isMetBy(long passed, long total) {
        BigDecimal share = BigDecimal.valueOf(passed).multiply(ALL.atLeast);
        return share.compareTo(BigDecimal.valueOf(total).multiply(atLeast)) >= 0;
    }

    @Override
    public String toString() {
        return isAll() ? "all" : "at least " + atLeast.toPlainString() + " %";
    }
}
