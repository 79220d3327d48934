package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.store.Selection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds which traces have an event of a service that is looked for. Thread-safe. */
final class TraceSearch {
    private final NewestFirst events;
    private final EventAliases aliases;

    /**
     * Finds among events.
     *
     * @param aliases the names that questions may use beside those that are stored
     */
    TraceSearch(NewestFirst events, EventAliases aliases) {
        this.events = events;
        this.aliases = aliases;
    }

    /** The traces whose matching events are the newest, in their order. */
    Found find(TraceQuery query) {
        Selection selection =
                new Selection(
                        Selection.Key.ofKind(aliases.service(query.service()), ""),
                        query.from(),
                        query.to());
        Set<String> ids = new LinkedHashSet<>();
        boolean isCut =
                events.walk(
                        selection,
                        event -> {
                            add(event, query, ids);
                            return ids.size() < query.limit();
                        });
        return new Found(List.copyOf(ids), isCut);
    }

    private static void add(AuditEvent event, TraceQuery query, Set<String> ids) {
        if (!event.traceId().isEmpty() && query.matches(event)) {
            ids.add(event.traceId());
        }
    }

    /**
     * What was found.
     *
     * @param traceIds the traces
     * @param isCut whether older events were not looked at
     */
    record Found(List<String> traceIds, boolean isCut) {}
}
