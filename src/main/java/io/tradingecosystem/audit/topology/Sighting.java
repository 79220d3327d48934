package io.tradingecosystem.audit.topology;

import java.time.Instant;

/**
 * When something was seen for the first and for the last time, as far as that is remembered.
 * Immutable.
 */
record Sighting(Instant first, Instant last) {
    Sighting and(Instant time) {
        return new Sighting(first, time.isAfter(last) ? time : last);
    }
}
