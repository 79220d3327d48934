package io.tradingecosystem.audit.configuration;

import java.time.Duration;
import java.util.Optional;

/**
 * How the client is, at one moment. Counts are since the start.
 *
 * @param service where the service is looked for, in words
 * @param state whether it answers
 * @param lastError why not, if it does not
 * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
 * @param size keys remembered
 * @param hits answers from memory, stale ones and known absences among them
 * @param misses answers for which the service had to be waited for, or could not be
 * @param hitRate hits among all answers, from 0 to 1; 1 before the first
 * @param staleAnswers answers with a stale value
 * @param loads loads that succeeded
 * @param failures loads that failed
 * @param sinceLastLoad time since one succeeded; empty before the first
 * @param snapshot what became of the snapshot
 */
public record ConfigurationStatistics(
        String service,
        State state,
        Optional<String> lastError,
        String breaker,
        long size,
        long hits,
        long misses,
        double hitRate,
        long staleAnswers,
        long loads,
        long failures,
        Optional<Duration> sinceLastLoad,
        SnapshotState snapshot) {

    /** Whether the service answers. */
    public enum State {
        /** It is not looked for, by choice. */
        OFF,
        /** It has not answered yet. */
        ALONE,
        /** All is well. */
        CONNECTED,
        /** It answered before and now does not. */
        LOST
    }

    /**
     * The file that keeps answers for the next start.
     *
     * @param file its name; empty if there is none by choice
     * @param restored values that came from it at the start
     * @param written how often it was written
     * @param failed how often it could not be
     */
    public record SnapshotState(String file, int restored, long written, long failed) {
        static final SnapshotState NONE = new SnapshotState("", 0, 0, 0);
    }
}
