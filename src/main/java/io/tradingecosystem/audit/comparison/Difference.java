package io.tradingecosystem.audit.comparison;

import java.time.Duration;
import java.util.Optional;

/**
 * How a kind of event differs between two runs.
 *
 * @param kind how
 * @param step of what
 * @param before of REORDERED: what it came before in the baseline, and not in the run
 * @param count how often it is in the run
 * @param baselineMin how often at least in a baseline
 * @param baselineMax how often at most
 * @param first from the anchor to the first in the run; empty if there is none
 * @param baselineFirst the same in the baseline, of several the nearest to that of the run
 * @param by how many events, of MISSING and EXTRA
 * @param shift how much later, negative: earlier; empty unless both have one
 */
public record Difference(
        Kind kind,
        Step step,
        Optional<Step> before,
        int count,
        int baselineMin,
        int baselineMax,
        Optional<Duration> first,
        Optional<Duration> baselineFirst,
        int by,
        Optional<Duration> shift) {

    /** How it differs, in the order of answers. */
    public enum Kind {
        MISSING,
        EXTRA,
        LATER,
        EARLIER,
        REORDERED
    }
}
