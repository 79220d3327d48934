package io.tradingecosystem.audit.correlation.links;

import java.util.List;
import java.util.Map;

/**
 * How linking stands.
 *
 * @param rules how many are in force
 * @param found how many links were found, by rule, or by kind where there is none; a link that
 *     later gave way to a better one counts too
 * @param remembered how many events are remembered for those that come later
 * @param evicted how many were forgotten before their time, to stay within the limit
 * @param cut how many times a limit of causes or effects kept some of them apart
 * @param refused how many rules and links of the log made no sense
 * @param skipped how many events could not be worked on and were left out
 * @param position the last event that was taken in
 * @param behind how many events wait to be taken in
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
        List<String> problems) {
    public LinkStatistics {
        found = Map.copyOf(found);
        problems = List.copyOf(problems);
    }
}
