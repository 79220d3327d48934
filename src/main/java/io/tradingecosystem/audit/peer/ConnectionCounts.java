package io.tradingecosystem.audit.peer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The connections to one peer, counted where sockets are made and closed. Thread-safe. */
final class ConnectionCounts {
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void opened() {
        opened.increment();
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    void failed() {
        failed.increment();
    }

    PeerState.Connections connections() {
        return new PeerState.Connections(open.get(), opened.sum(), failed.sum());
    }
}
