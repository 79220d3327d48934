package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.Comparator;

/**
 * A time in which events may have been lost.
 *
 * @param from its start, by our clock
 * @param to its end
 * @param reason a clause for people, such as {@code the correlator was away}
 */
public record Gap(Instant from, Instant to, String reason) {
    public static final Comparator<Gap> ORDER =
            Comparator.comparing(Gap::from).thenComparing(Gap::to).thenComparing(Gap::reason);

    /** A gap without an end. */
    public static Gap since(Instant from, String reason) {
        return new Gap(from, Selection.END, reason);
    }

    /** What was lost, and when, as a clause for people. */
    public String clause() {
        return to.equals(Selection.END) ? reason : reason + " from " + from + " to " + to;
    }

    public boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && to.isAfter(start);
    }
}
