package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;

/**
 * Which events a question is about.
 *
 * @param key the property that the events share
 * @param from the earliest occurred_at, inclusive
 * @param to the latest occurred_at, exclusive
 */
public record Selection(Key key, Instant from, Instant to) {
    /** Far enough away to mean "no bound", and exact in nanoseconds as a 64-bit number. */
    public static final Instant BEGINNING = Instant.EPOCH;

    public static final Instant END = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    /** All events with a key, whenever they occurred. */
    public static Selection of(Key key) {
        return new Selection(key, BEGINNING, END);
    }

    /** The same key, within a time range. */
    public Selection between(Instant from, Instant to) {
        return new Selection(key, from, to);
    }

    /** Whether an event is one of these. */
    public boolean contains(AuditEvent event) {
        return !event.occurredAt().isBefore(from)
                && event.occurredAt().isBefore(to)
                && key.isOf(event);
    }

    /** The property by which events are selected; each has an index. */
    public sealed interface Key {
        /** Whether an event has the property. */
        default boolean isOf(AuditEvent event) {
            return switch (this) {
                case All all -> true;
                case Trace(String traceId) -> traceId.equals(event.traceId());
                case Correlation(String id) -> id.equals(event.correlationId());
                case Scenario(String id) -> id.equals(event.scenarioId());
                case Service(String service) -> service.equals(event.service());
                case ServiceAndType(String service, String type) ->
                        service.equals(event.service()) && type.equals(event.type());
                case Type(String type) -> type.equals(event.type());
                case Business(String name, String value) -> {
                    AttributeValue actual = event.attributes().get(name);
                    yield actual != null && actual.asText().equals(value);
                }
            };
        }

        /** Every event. */
        record All() implements Key {}

        /** Events of a trace. */
        record Trace(String traceId) implements Key {}

        /** Events of a flow. */
        record Correlation(String correlationId) implements Key {}

        /** Events of a chaos run. */
        record Scenario(String scenarioId) implements Key {}

        /** Events of a service, of any type. */
        record Service(String service) implements Key {}

        /** Events of a service and type. */
        record ServiceAndType(String service, String type) implements Key {}

        /** Events of a type, of any service. */
        record Type(String type) implements Key {}

        /**
         * Events with an attribute that is configured as a business key, such as {@code order_id}.
         */
        record Business(String name, String value) implements Key {}
    }
}
