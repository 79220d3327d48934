package io.tradingecosystem.audit.access;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much of what callers sent was over their limits, since the start of the process. Past {@value
 * #MAX_CALLERS} callers the rest is counted under {@value #OTHER}. Thread-safe.
 */
final class RefusedAmounts {
    static final int MAX_CALLERS = 100;
    static final String OTHER = "other";

    private final ConcurrentMap<String, ConcurrentMap<Denial, Row>> callers =
            new ConcurrentHashMap<>();

    /** Counts a refusal; of the events or bytes as many as are known. */
    void add(String caller, Denial limit, long events, long bytes) {
        Row row = rows(caller).computeIfAbsent(limit, unused -> new Row());
        row.requests.increment();
        row.events.add(events);
        row.bytes.add(bytes);
    }

    private ConcurrentMap<Denial, Row> rows(String caller) {
        ConcurrentMap<Denial, Row> known = callers.get(caller);
        if (known != null) {
            return known;
        }
        String name = callers.size() < MAX_CALLERS ? caller : OTHER;
        return callers.computeIfAbsent(name, unused -> new ConcurrentHashMap<>());
    }

    /** All, by caller and limit. */
    List<RefusedAmount> all() {
        List<RefusedAmount> all = new ArrayList<>();
        new TreeMap<>(callers)
                .forEach(
                        (caller, rows) ->
                                new TreeMap<>(rows)
                                        .forEach(
                                                (limit, row) -> all.add(row.shown(caller, limit))));
        return all;
    }

    private static final class Row {
        private final LongAdder requests = new LongAdder();
        private final LongAdder events = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        RefusedAmount shown(String caller, Denial limit) {
            return new RefusedAmount(caller, limit, requests.sum(), events.sum(), bytes.sum());
        }
    }
}
