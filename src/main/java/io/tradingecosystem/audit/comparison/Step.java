package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.Comparator;

/**
 * A kind of event, which tells an event of one run from those of another that are not its
 * counterpart.
 *
 * @param service where it happens
 * @param type what happens; for a span its name
 * @param operation the attribute {@code operation}; empty without one
 */
public record Step(String service, String type, String operation) implements Comparable<Step> {
    private static final Comparator<Step> ORDER =
            Comparator.comparing(Step::service)
                    .thenComparing(Step::type)
                    .thenComparing(Step::operation);

    /** The kind of an event. */
    static Step of(AuditEvent event) {
        return new Step(event.service(), event.type(), event.attribute("operation"));
    }

    @Override
    public int compareTo(Step other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service + " " + type + (operation.isEmpty() ? "" : " " + operation);
    }
}
