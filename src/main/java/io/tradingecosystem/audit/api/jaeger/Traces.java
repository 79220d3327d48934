package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole traces, of {@value #MAX_EVENTS} events at most. Thread-safe. */
final class Traces {
    static final int MAX_EVENTS = 10_000;

    private final EventIndex index;
    private final int maxEvents;

    Traces(EventIndex index, int maxEvents) {
        this.index = index;
        this.maxEvents = maxEvents;
    }

    /**
     * A trace; empty if nothing of it is there.
     *
     * @param id 32 hex digits
     */
    Optional<Trace> read(String id) {
        Selection selection = Selection.of(Selection.Key.of(IndexedField.TRACE_ID, id));
        List<AuditEvent> events = new ArrayList<>();
        String token = "";
        do {
            int limit = maxEvents - events.size();
            Page page = index.find(new Query(selection, Direction.OLDEST_FIRST, limit, token));
            events.addAll(page.events());
            token = page.nextPageToken();
        } while (!token.isEmpty() && events.size() < maxEvents);
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(Trace.of(id, events, !token.isEmpty()));
    }
}
