package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEventBuilder;

/** Puts attributes of an event so that none takes the place of another. */
public final class FreeName {
    private FreeName() {}

    /**
     * Sets an attribute; where the event has one of its name already, behind as many prefixes as
     * make the name free.
     */
    public static void put(
            AuditEventBuilder event, String prefix, String name, AttributeValue value) {
        String free = name;
        while (event.hasAttribute(free)) {
            free = prefix + free;
        }
        event.attribute(free, value);
    }
}
