package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.AuditEvent;

/**
 * What Jaeger calls an operation: the name of a span. It is the event's type, but for spans that
 * say their type in an attribute and so keep their name beside it.
 */
record Operation(String name, String spanKind) implements Comparable<Operation> {
    private static final String NAME = "span.name";
    private static final String KIND = "span.kind";

    /** The name of what happened. */
    static String of(AuditEvent event) {
        String name = event.attribute(NAME);
        return name.isEmpty() ? event.type() : name;
    }

    /** The operation that an event is one of; a span without a kind has an empty one. */
    static Operation with(AuditEvent event) {
        return new Operation(of(event), event.attribute(KIND));
    }

    @Override
    public int compareTo(Operation other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : spanKind.compareTo(other.spanKind);
    }
}
