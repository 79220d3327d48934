package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.event.AuditEvent;

/**
 * The clock that stamped an event: that of its host, if the event names it ({@code host.id}, else
 * {@code host.name}, as OpenTelemetry has them), else that of its instance, else that of its
 * service. A host named {@code localhost} is none: every container is. Times of one clock are exact
 * to each other. Immutable.
 *
 * @param service the event's service
 * @param name unique to the clock
 */
public record EventClock(String service, String name) {

    /** The clock of an event. */
    public static EventClock of(AuditEvent event) {
        return new EventClock(event.service(), name(event));
    }

    private static String name(AuditEvent event) {
        String id = event.attribute("host.id");
        if (!id.isEmpty()) {
            return "host.id " + id;
        }
        String host = event.attribute("host.name");
        if (!host.isEmpty() && !host.startsWith("localhost")) {
            return "host.name " + host;
        }
        return event.instance().isEmpty()
                ? "service " + event.service()
                : "instance " + event.service() + " " + event.instance();
    }
}
