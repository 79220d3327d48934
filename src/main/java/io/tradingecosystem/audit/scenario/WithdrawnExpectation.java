package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Provenance;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Instant;
import java.util.Optional;

/**
 * An expectation that is in force no longer. Immutable.
 *
 * @param name its name
 * @param eventId the event that withdrew it
 * @param since when that was recorded; absent once it left the log
 * @param provenance who withdrew it; absent if that left the log, or nobody noted it
 */
public record WithdrawnExpectation(
        String name, String eventId, Optional<Instant> since, Optional<Provenance> provenance) {

    static WithdrawnExpectation of(String name, String eventId, EventIndex index) {
        Optional<AuditEvent> event = index.byId(eventId);
        return new WithdrawnExpectation(
                name, eventId, event.map(AuditEvent::recordedAt), event.flatMap(Provenance::of));
    }
}
