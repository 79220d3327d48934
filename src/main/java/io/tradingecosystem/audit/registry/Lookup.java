package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The answer to a look-up. Immutable.
 *
 * @param instances those that fit, ordered by service and id; may be empty
 * @param stale true if the registry could not be asked lately: the last good answer serves on
 * @param asOf when the registry last answered; for an answer from this process alone, its start
 * @param unread keys of the registry that were not read, because there are too many: what they hold
 *     is missing here
 */
public record Lookup(List<ServiceInstance> instances, boolean stale, Instant asOf, int unread) {
    public Lookup {
        instances = List.copyOf(instances);
    }

    /** Time since the registry last answered; zero if the clock was set back. */
    public Duration age(Instant now) {
        return asOf.isAfter(now) ? Duration.ZERO : Duration.between(asOf, now);
    }
}
