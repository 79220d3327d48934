package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.projection.Progress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How judging stands.
 *
 * @param expectations how many are in force
 * @param occurrences how many occurrences are kept
 * @param open how many of them wait for their verdict
 * @param made how many verdicts were made, amended ones counted again
 * @param evicted how many occurrences were dropped to stay within the limit
 * @param droppedEvents how many events joins dropped to stay within their bound
 * @param closedWindows how many windows were closed before their time to stay within theirs
 * @param unsearchedEvents how many late events may have left verdicts unamended, as their windows
 *     could not all be looked for
 * @param unproven how many events of the log are in the correlator's words and not proven to be its
 *     own; it acts on them
 * @param pretended how many somebody else said in them, by a door of an older version; nobody acts
 *     on these
 * @param refused how many expectations of the log could not be read
 * @param skipped how many events could not be judged and were left out
 * @param position the last event that is worked in
 * @param behind how many events wait behind it
 * @param waitingSince when the oldest of them was recorded
 * @param absences how many times we were away
 * @param problems what is wrong with the folder of expectations now
 * @param warnings what is allowed in expectations in force, but hardly meant
 */
public record VerdictStatistics(
        long expectations,
        long occurrences,
        long open,
        long made,
        long evicted,
        long droppedEvents,
        long closedWindows,
        long unsearchedEvents,
        long unproven,
        long pretended,
        long refused,
        long skipped,
        long position,
        long behind,
        Optional<Instant> waitingSince,
        long absences,
        List<String> problems,
        List<String> warnings) {
    public VerdictStatistics {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** The same numbers at another time, with how far the log is worked in then. */
    public VerdictStatistics at(Progress progress, Optional<Instant> waits) {
        return new VerdictStatistics(
                expectations,
                occurrences,
                open,
                made,
                evicted,
                droppedEvents,
                closedWindows,
                unsearchedEvents,
                unproven,
                pretended,
                refused,
                skipped,
                progress.position(),
                progress.behind(),
                waits,
                absences,
                problems,
                warnings);
    }
}
