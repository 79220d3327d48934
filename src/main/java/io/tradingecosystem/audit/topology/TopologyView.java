package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.projection.Progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A topology as it is shown. Immutable.
 *
 * @param snapshotId names its nodes, edges and their statuses
 * @param at when it was seen so
 * @param measured over which time events were counted, up to {@code at}
 * @param registry how the registry is
 * @param fileProblem why the topology file does not count, if it does not
 * @param incomplete what bounds left out
 * @param links how far links have come, which edges are seen by
 */
public record TopologyView(
        Structure structure,
        String snapshotId,
        Instant at,
        Duration measured,
        Registry registry,
        Optional<String> fileProblem,
        List<Omission> incomplete,
        Progress links) {
    public TopologyView {
        requireNonNull(structure, "structure is null");
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(at, "at is null");
        requireNonNull(measured, "measured is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(fileProblem, "fileProblem is null");
        incomplete = List.copyOf(incomplete);
        requireNonNull(links, "links is null");
    }

    /**
     * How the registry is.
     *
     * @param state {@code IN_PROCESS}, {@code ALONE}, {@code CONNECTED} or {@code LOST}
     * @param backend where it is
     * @param asOf when it last answered
     * @param lastError why it cannot be reached, if it cannot
     */
    public record Registry(
            String state, String backend, Instant asOf, Optional<String> lastError) {}
}
