package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;

import java.time.Instant;
import java.util.Optional;

/**
 * What retention has let go: every event up to a position.
 *
 * @param upTo the last position that is gone
 * @param recordedBefore every event that is gone was recorded before this
 * @param at when it went; empty if a version did it that did not note that
 */
public record Removal(long upTo, Instant recordedBefore, Optional<Instant> at) {

    /** What an answer about events from a time on lacks for it. */
    public static Optional<Omission> omission(Optional<Removal> removal, Instant from) {
        return removal.map(Removal::recordedBefore)
                .filter(from::isBefore)
                .map(before -> Omission.until(Bound.RETENTION, before.minusNanos(1)));
    }
}
