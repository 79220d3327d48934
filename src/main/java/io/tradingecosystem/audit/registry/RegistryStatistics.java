package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the registry is, at one moment.
 *
 * @param backend where records are kept: {@code in-process}, or the Redis address without password
 * @param state whether the registry can be reached
 * @param lastError why not, if it cannot
 * @param stale true while the last good answer serves on
 * @param services services known
 * @param instances instances known
 * @param records records read at the last good refresh, by layout
 * @param unreadable records that could not be read at the last good refresh
 * @param expired records older than their time to live at the last good refresh
 * @param unread keys that were not read at the last good refresh, because there are too many
 * @param duplicateId true while another instance writes under an own id
 * @param written layouts in which this process was announced at the last heartbeat
 * @param denied what the registry's access rules forbid us, in words
 * @param beats what the heartbeats did
 * @param refreshes what the refreshes did
 */
public record RegistryStatistics(
        String backend,
        State state,
        Optional<String> lastError,
        boolean stale,
        int services,
        int instances,
        Map<Layout, Integer> records,
        int unreadable,
        int expired,
        int unread,
        boolean duplicateId,
        Set<Layout> written,
        Set<String> denied,
        Runs beats,
        Runs refreshes) {

    public RegistryStatistics {
        records = Map.copyOf(records);
        written = Set.copyOf(written);
        denied = Set.copyOf(denied);
    }

    /** Whether the registry can be reached. */
    public enum State {
        /** There is no registry but this process, by choice. */
        IN_PROCESS,
        /** The registry has not answered yet: this process is alone. */
        ALONE,
        /** All is well. */
        CONNECTED,
        /** The registry answered before and now fails, in part or in whole. */
        LOST
    }

    /**
     * Counts of one recurring task.
     *
     * @param succeeded how often it went well
     * @param failed how often it did not
     * @param lastDuration how long the last good one took; zero before the first
     * @param sinceLastSuccess time since the last good one; empty before the first
     */
    public record Runs(
            long succeeded,
            long failed,
            Duration lastDuration,
            Optional<Duration> sinceLastSuccess) {
        static final Runs NONE = new Runs(0, 0, Duration.ZERO, Optional.empty());
    }
}
