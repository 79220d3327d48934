package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Provenance;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A definition that is in force, since when, and from where. Immutable.
 *
 * @param definition what it says
 * @param since when the event was recorded that put it in force; absent once that left the log
 * @param source where its file defines it now, such as {@code rules/market.yaml:7}; empty if no
 *     file does
 * @param provenance who put it in force; absent if that left the log, or nobody noted it
 * @param warnings what is allowed in it, but hardly meant, a sentence each
 * @param <T> what is defined
 */
public record InForce<T extends Defined>(
        Definition<T> definition,
        Optional<Instant> since,
        String source,
        Optional<Provenance> provenance,
        List<String> warnings) {
    public InForce {
        warnings = List.copyOf(warnings);
    }

    /** As the log has it, and as a folder has it. */
    public static <T extends Defined> InForce<T> of(
            Definition<T> definition,
            EventIndex index,
            DefinitionWatch<T> folder,
            List<String> warnings) {
        Optional<AuditEvent> event = index.byId(definition.eventId());
        String source = definition.isFromFile() ? folder.place(definition.name()) : "";
        return new InForce<>(
                definition,
                event.map(AuditEvent::recordedAt),
                source,
                event.flatMap(Provenance::of),
                warnings);
    }
}
