package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.events.StoreMonitoring;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreOpening;

/** The log. */
final class StoreWiring {
    private StoreWiring() {}

    /** A log that is open and shown; it is to be closed after everything that uses it. */
    static EventStore start(StoreOpening opening, Monitoring monitoring) {
        StoreMonitoring observer = StoreMonitoring.create(monitoring);
        EventStore store = opening.complete(observer);
        observer.show(store);
        return store;
    }
}
