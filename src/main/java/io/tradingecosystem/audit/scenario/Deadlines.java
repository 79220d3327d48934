package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the windows of one occurrence are over.
 *
 * @param occurrence the trigger
 * @param gaps the times in which events may have been lost
 * @param tolerances how exact the world is
 */
record Deadlines(Occurrence occurrence, Gaps gaps, Tolerances tolerances) {

    /** The end of a part's window, by occurred_at. */
    Instant deadline(Part part) {
        return occurrence.at().plus(part.within());
    }

    /**
     * When an event that occurred in time must have arrived: allowed-lateness after the deadline
     * or, if the trigger itself came later than that, after the trigger, and longer by what a span
     * may last; where we were away in between, not before senders have had their time to catch up.
     */
    Instant due(Part part) {
        return gaps.caughtUp(occurrence.at(), undisturbed(part), tolerances.catchUp());
    }

    /** The same if nothing was lost. */
    private Instant undisturbed(Part part) {
        Duration slack = tolerances.allowedLateness().plus(part.lasting());
        return later(deadline(part), occurrence.recordedAt()).plus(slack);
    }

    /** The next moment behind {@code asOf} at which a window is over. */
    Optional<Instant> next(Expectation expectation, Instant asOf) {
        Optional<Instant> next = Optional.empty();
        for (Part part : expectation.parts()) {
            Instant due = due(part);
            if (due.isAfter(asOf) && (next.isEmpty() || due.isBefore(next.get()))) {
                next = Optional.of(due);
            }
        }
        return next;
    }

    /** When all windows are over. */
    Instant last(Expectation expectation) {
        Optional<Instant> last = Optional.empty();
        for (Part part : expectation.parts()) {
            Instant due = due(part);
            last = Optional.of(last.isEmpty() ? due : later(last.get(), due));
        }
        return last.orElse(occurrence.at());
    }

    /** A time of loss in which an event of a part may have been lost, if there is one. */
    Optional<Gap> gapIn(Part part) {
        return gaps.overlapping(occurrence.at(), undisturbed(part));
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
