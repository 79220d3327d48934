package io.tradingecosystem.audit.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The ledger of losses. For every door and source: received = stored + duplicate + conflict +
 * rejected + in flight. What was received is counted before the log is asked, what became of it
 * afterwards, so that an event that got lost in between would stay in flight for ever.
 *
 * <p>Bounded: past {@value #MAX_SOURCES} sources at a door, and {@value #MAX_TYPES} types of a
 * source, the rest is counted under {@value #OTHER}. It counts since the start of the process.
 * Thread-safe.
 */
public final class Ledger {
    static final int MAX_SOURCES = 100;
    static final int MAX_TYPES = 100;
    static final String OTHER = "other";
    static final String UNKNOWN = "unknown";

    private final ConcurrentMap<Door, ConcurrentMap<String, Row>> doors = new ConcurrentHashMap<>();

    Ledger() {}

    /** Every row that has been needed, by door and source. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(doors)
                .forEach(
                        (door, rows) ->
                                new TreeMap<>(rows)
                                        .forEach(
                                                (source, row) ->
                                                        entries.add(row.entry(door, source))));
        return entries;
    }

    /** The sources of which events were stored, but those that are counted together. */
    public List<String> sources() {
        return entries().stream()
                .filter(entry -> entry.stored() > 0)
                .map(Entry::source)
                .filter(source -> !Set.of(OTHER, UNKNOWN).contains(source))
                .distinct()
                .toList();
    }

    /** How many events were stored, by source and type. */
    public Map<List<String>, Long> storedByType() {
        Map<List<String>, Long> counts = new HashMap<>();
        for (ConcurrentMap<String, Row> rows : doors.values()) {
            rows.forEach(
                    (source, row) ->
                            row.stored.forEach(
                                    (type, count) ->
                                            counts.merge(
                                                    List.of(source, type),
                                                    count.sum(),
                                                    Long::sum)));
        }
        return counts;
    }

    /** The row of a source; of those without a name if it is empty. */
    Row row(Door door, String source) {
        String name = source.isEmpty() ? UNKNOWN : source;
        ConcurrentMap<String, Row> rows =
                doors.computeIfAbsent(door, d -> new ConcurrentHashMap<>());
        return bounded(rows, name, MAX_SOURCES, Row::new);
    }

    private static <V> V bounded(
            ConcurrentMap<String, V> map, String key, int max, Supplier<V> create) {
        V known = map.get(key);
        if (known != null) {
            return known;
        }
        return map.computeIfAbsent(map.size() < max ? key : OTHER, k -> create.get());
    }

    /** The counts of one source at one door. */
    static final class Row {
        private final LongAdder received = new LongAdder();
        private final LongAdder duplicate = new LongAdder();
        private final LongAdder conflict = new LongAdder();
        private final ConcurrentMap<String, LongAdder> stored = new ConcurrentHashMap<>();
        private final ConcurrentMap<String, LongAdder> rejected = new ConcurrentHashMap<>();

        private Row() {}

        void received() {
            received.increment();
        }

        void stored(String type) {
            bounded(stored, type, MAX_TYPES, LongAdder::new).increment();
        }

        void duplicate() {
            duplicate.increment();
        }

        void conflict() {
            conflict.increment();
        }

        /** The reason is the name of one of our enums, so there are few. */
        void rejected(String reason) {
            rejected.computeIfAbsent(reason, r -> new LongAdder()).increment();
        }

        private Entry entry(Door door, String source) {
            // What became of events is read first: nothing is shown that was not received before.
            long storedNow = sum(stored);
            long duplicateNow = duplicate.sum();
            long conflictNow = conflict.sum();
            Map<String, Long> rejectedNow = new TreeMap<>();
            rejected.forEach((reason, count) -> rejectedNow.put(reason, count.sum()));
            return new Entry(
                    door,
                    source,
                    received.sum(),
                    storedNow,
                    duplicateNow,
                    conflictNow,
                    Collections.unmodifiableMap(rejectedNow));
        }

        private static long sum(Map<String, LongAdder> counts) {
            return counts.values().stream().mapToLong(LongAdder::sum).sum();
        }
    }

    /**
     * The counts of one source at one door.
     *
     * @param door by which the events came
     * @param source the service that they are of
     * @param received all that came in
     * @param stored in the log
     * @param duplicate the same was in the log already
     * @param conflict another with their id was in the log already
     * @param rejected not taken, by the name of the reason
     */
    public record Entry(
            Door door,
            String source,
            long received,
            long stored,
            long duplicate,
            long conflict,
            Map<String, Long> rejected) {

        /** Received, and not decided yet. */
        public long inFlight() {
            long rejections = rejected.values().stream().mapToLong(Long::longValue).sum();
            return received - stored - duplicate - conflict - rejections;
        }
    }
}
