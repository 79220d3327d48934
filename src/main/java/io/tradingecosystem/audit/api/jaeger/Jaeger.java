package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Opens Jaeger's query API. */
public final class Jaeger {
    private Jaeger() {}

    /**
     * Adds its routes.
     *
     * @param aliases the names that questions may use beside those that are stored
     * @param senders the services of which events were stored since the start
     * @param clock the end of a search that names none
     * @param ticker monotonic time in nanoseconds
     */
    public static void add(
            EventIndex index,
            EventAliases aliases,
            Supplier<List<String>> senders,
            InstantSource clock,
            LongSupplier ticker,
            Doors doors) {
        NewestFirst events = new NewestFirst(index, ticker, NewestFirst.MAX_EVENTS);
        Names names = new Names(events, aliases, senders);
        doors.routes("/api/services", new ServiceRoutes(names))
                .routes("/api/operations", new OperationRoutes(names))
                .routes(
                        "/api/traces",
                        new TraceRoutes(
                                new TraceSearch(events, aliases),
                                new Traces(index, Traces.MAX_EVENTS),
                                clock))
                .routes("/api/dependencies", new DependencyRoutes(new Dependencies(events), clock));
    }
}
