package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.projection.Progress;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How linking stands.
 *
 * @param rules how many are in force
 * @param found how many links were found, by rule, or by kind where there is none; a link that
 *     later gave way to a better one counts too, and of spans each that an event names as its cause
 * @param remembered how many events are remembered for those that come later
 * @param evicted how many were forgotten before their time, to stay within the limit
 * @param cut how many times a limit of causes or effects kept some of them apart
 * @param refused how many rules and links of the log made no sense
 * @param skipped how many events could not be worked on and were left out
 * @param position the last event that is worked in
 * @param behind how many events wait behind it
 * @param waitingSince when the oldest of them was recorded
 * @param problems what is wrong with the folder of rules now
 */
public record LinkStatistics(
        long rules,
        Map<String, Long> found,
        long remembered,
        long evicted,
        long cut,
        long refused,
        long skipped,
        long position,
        long behind,
        Optional<Instant> waitingSince,
        List<String> problems) {
    public LinkStatistics {
        found = Map.copyOf(found);
        problems = List.copyOf(problems);
    }

    /** The same numbers at another time, with how far the log is worked in then. */
    public LinkStatistics at(Progress progress, Optional<Instant> waits) {
        return new LinkStatistics(
                rules,
                found,
                remembered,
                evicted,
                cut,
                refused,
                skipped,
                progress.position(),
                progress.behind(),
                waits,
                problems);
    }
}
