package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.OwnWords;

import java.time.Instant;

/**
 * The events by which definitions of a kind come into force and are withdrawn, with the attributes
 * {@code name}, {@code version}, {@code origin} (only of kinds that have several), and {@code
 * definition} (JSON) with {@code written}, or {@code withdrawn}. Immutable.
 *
 * @param kind what is defined
 * @param <T> what is defined
 */
public record DefinitionEvents<T extends Defined>(DefinitionKind<T> kind) {
    private static final int ID_DIGITS = 32;
    private static final int MAX_WRITTEN = 16_384;

    /**
     * Says that a definition is in force from here on.
     *
     * @param service our own name
     * @param before the last event about a definition of that name, which keeps repeated ids apart;
     *     empty if there is none
     */
    public AuditEvent inForce(String service, Instant at, Definition<T> definition, String before) {
        AuditEventBuilder event =
                builder(service, at, definition, "in force")
                        .id(id(definition.name(), definition.version(), before))
                        .attribute("definition", definition.text());
        return written(event, definition.written()).build();
    }

    /** As it was written, for people; what is too long is cut, and its length is told. */
    private static AuditEventBuilder written(AuditEventBuilder event, String written) {
        if (written.length() <= MAX_WRITTEN) {
            return event.attribute("written", written);
        }
        boolean split = Character.isHighSurrogate(written.charAt(MAX_WRITTEN - 1));
        return event.attribute("written", written.substring(0, MAX_WRITTEN - (split ? 1 : 0)))
                .attribute("written_length", written.length());
    }

    /** Says that a definition is no longer in force. */
    public AuditEvent withdrawal(String service, Instant at, Definition<T> definition) {
        return builder(service, at, definition, "withdrawn")
                .id(id(definition.name(), "withdrawn", definition.eventId()))
                .attribute("withdrawn", true)
                .build();
    }

    private AuditEventBuilder builder(
            String service, Instant at, Definition<T> definition, String what) {
        AuditEventBuilder event =
                AuditEvent.own(service, kind.event())
                        .occurredAt(at)
                        .message(kind.noun() + " " + definition.name() + " is " + what)
                        .attribute("name", definition.name())
                        .attribute("version", definition.version());
        return kind.foreign() ? event.attribute("origin", definition.origin()) : event;
    }

    private String id(String... parts) {
        return OwnWords.id(kind.noun() + "-" + Digest.hex(ID_DIGITS, parts));
    }

    /** The name that an event is about. */
    public String name(AuditEvent event) {
        return event.attribute("name");
    }

    public boolean isWithdrawal(AuditEvent event) {
        return event.attributes().get("withdrawn") instanceof AttributeValue.Flag(boolean yes)
                && yes;
    }

    /**
     * Reads a definition that an event puts in force, as {@link DefinitionKind#readRecorded} does.
     *
     * @throws InvalidDefinitionException if it cannot be understood
     */
    public Definition<T> definition(AuditEvent event) {
        String origin = kind.foreign() ? event.attribute("origin") : Definition.FILE;
        return kind.readRecorded(event.id(), event.attribute("definition"), origin)
                .inForceBy(event.id());
    }
}
