package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Collection;

/** Says for the access log how much an answer tells, and what an act was about. */
public final class Disclosures {
    private Disclosures() {}

    /** An event. */
    public static void event(AuditEvent event) {
        Disclosure.current().tell(event.position());
    }

    /** Events. */
    public static void events(Collection<AuditEvent> events) {
        if (!events.isEmpty()) {
            long first = Long.MAX_VALUE;
            long last = 0;
            for (AuditEvent event : events) {
                first = Math.min(first, event.position());
                last = Math.max(last, event.position());
            }
            Disclosure.current().tellMany(events.size(), first, last);
        }
    }

    /** Anything that has no position in the log. */
    public static void items(int count) {
        Disclosure.current().tellMany(count);
    }

    /** A link that was told. */
    public static void act(Link link) {
        Disclosure.current().about("cause_id", link.causeId());
        Disclosure.current().about("effect_id", link.effectId());
    }

    /** An event that was made of what was told. */
    public static void actOn(String eventId) {
        Disclosure.current().about("event_id", eventId);
    }

    /** A definition that was put. */
    public static void act(InForce<?> inForce) {
        var definition = inForce.definition();
        Disclosure.current().about("name", definition.name());
        Disclosure.current().about("version", String.valueOf(definition.version()));
        Disclosure.current().about("event_id", definition.eventId());
    }
}
