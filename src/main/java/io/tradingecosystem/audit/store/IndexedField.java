package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A field by which events are found. Index, HTTP and gRPC go through these constants, so that a new
 * one is a line here; the field of {@code EventFilter} and the parameter in {@code openapi.yaml}
 * have its name, which a test holds. A new constant finds the events that are stored from then on.
 *
 * <p>The name of a constant, in lower case, is that of the event's field in JSON, of the query
 * parameter, and of the field of the filter. The letter is a part of what is on disk: none may
 * change, and none may stand for two, here or in {@code Keys}.
 */
public enum IndexedField {
    TRACE_ID('t', Spread.FLOW, AuditEvent::traceId, (names, id) -> bareHex(id)),
    CORRELATION_ID('c', Spread.FLOW, AuditEvent::correlationId, (names, id) -> id),
    SCENARIO_ID('n', Spread.RUN, AuditEvent::scenarioId, (names, id) -> id),
    SERVICE('s', Spread.KIND, AuditEvent::service, EventAliases::service),
    TYPE('y', Spread.KIND, AuditEvent::type, (names, type) -> type);

    /** All of them. */
    static final List<IndexedField> ALL = List.of(values());

    /** Those that are one key where a question names both. */
    public static final Set<IndexedField> KIND = Set.of(SERVICE, TYPE);

    private final char letter;
    private final Spread spread;

    // The functions are references to methods, and hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<AuditEvent, String> value;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Spelling spelling;

    private final String wireName;

    IndexedField(
            char letter, Spread spread, Function<AuditEvent, String> value, Spelling spelling) {
        this.letter = letter;
        this.spread = spread;
        this.value = value;
        this.spelling = spelling;
        this.wireName = name().toLowerCase(Locale.ROOT);
    }

    /** The name, in JSON, queries and messages. */
    public String wireName() {
        return wireName;
    }

    /** The value that an event has; empty if none. */
    public String of(AuditEvent event) {
        return value.apply(event);
    }

    /** How many events share a value. */
    public Spread spread() {
        return spread;
    }

    /** A value as the log has it. */
    String spelled(String asked, EventAliases names) {
        return spelling.of(names, asked);
    }

    char letter() {
        return letter;
    }

    private static String bareHex(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** A value as the log has it, of one that a caller wrote. */
    @FunctionalInterface
    private interface Spelling {
        String of(EventAliases names, String asked);
    }

    /** How many events share a value, the fewest first: what is best to search by is the first. */
    public enum Spread {
        /** The events of one flow through the services. */
        FLOW,
        /** The events about one thing of the business, such as an order. */
        BUSINESS,
        /** The events of one chaos run. */
        RUN,
        /** The events of one kind. */
        KIND,
        /** Every event. */
        ALL;

        /** Whether events that share a value belong together. */
        public boolean joins() {
            return compareTo(KIND) < 0;
        }
    }
}
