package io.tradingecosystem.audit.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Where something comes from that the correlator said because somebody told it so. Immutable.
 *
 * @param teller who, and from where
 * @param at when, by our clock
 */
public record Provenance(Teller teller, Instant at) {
    /** What an event of the log says of it; empty if it is of a version that did not note it. */
    public static Optional<Provenance> of(AuditEvent event) {
        Teller teller = Teller.of(event);
        return teller.equals(Teller.NONE)
                ? Optional.empty()
                : Optional.of(new Provenance(teller, event.recordedAt()));
    }
}
