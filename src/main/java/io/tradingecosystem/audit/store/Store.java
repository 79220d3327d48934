package io.tradingecosystem.audit.store;

import static java.util.Objects.requireNonNull;

/**
 * A log with what belongs to it, as given to whatever works on all three. Immutable.
 *
 * @param log appends and reads
 * @param index finds
 * @param projections what is derived from the log
 */
public record Store(EventLog log, EventIndex index, Projections projections) {
    public Store {
        requireNonNull(log, "log is null");
        requireNonNull(index, "index is null");
        requireNonNull(projections, "projections is null");
    }
}
