package io.tradingecosystem.audit.scenario;

import java.time.Instant;
import java.util.Comparator;

/**
 * A time in which events may have been lost.
 *
 * @param from its start, by our clock
 * @param to its end
 * @param reason a clause for people, such as {@code the correlator was away}
 */
record Gap(Instant from, Instant to, String reason) {
    static final Comparator<Gap> ORDER =
            Comparator.comparing(Gap::from).thenComparing(Gap::to).thenComparing(Gap::reason);

    boolean overlaps(Instant start, Instant end) {
        return from.isBefore(end) && to.isAfter(start);
    }
}
