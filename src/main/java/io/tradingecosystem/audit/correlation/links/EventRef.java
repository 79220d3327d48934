package io.tradingecosystem.audit.correlation.links;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.List;

/**
 * An event of the log that is spoken of and not at hand. Equal to any other of the same id: where
 * an event stands depends on when it arrived, which event it is does not.
 *
 * @param id its id
 * @param position its place in the log, by which it is found faster
 */
public record EventRef(String id, long position) {
    public EventRef {
        requireNonNull(id, "id is null");
    }

    /** A reference to an event. */
    public static EventRef of(AuditEvent event) {
        return new EventRef(event.id(), event.position());
    }

    /** References to events, in their order. */
    public static List<EventRef> of(List<AuditEvent> events) {
        return events.stream().map(EventRef::of).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventRef ref && id.equals(ref.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
