package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.ingest.Door;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what OTLP brings and nothing here has a use for. Thread-safe. */
final class Unused {
    private final Map<Kind, Map<Door, LongAdder>> counts = new EnumMap<>(Kind.class);

    /** What is not used. */
    enum Kind {
        /** Data points of metrics. */
        DATA_POINTS("data_points"),
        /** Fields of JSON that OTLP, as it is known here, does not have; they are to be ignored. */
        UNKNOWN_FIELDS("unknown_fields");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    Unused() {
        for (Kind kind : Kind.values()) {
            Map<Door, LongAdder> doors = new EnumMap<>(Door.class);
            doors.put(Door.OTLP_GRPC, new LongAdder());
            doors.put(Door.OTLP_HTTP, new LongAdder());
            counts.put(kind, doors);
        }
    }

    void add(Kind kind, Door door, long count) {
        LongAdder adder = counts.getOrDefault(kind, Map.of()).get(door);
        if (adder != null) {
            adder.add(count);
        }
    }

    /** All counts, by kind and door. */
    Map<List<String>, Long> byKindAndDoor() {
        Map<List<String>, Long> all = new HashMap<>();
        counts.forEach(
                (kind, doors) ->
                        doors.forEach(
                                (door, count) ->
                                        all.put(List.of(kind.label, door.label()), count.sum())));
        return all;
    }

    /** All counts, as the status shows them. */
    Map<String, Object> document() {
        Map<String, Object> document = new TreeMap<>();
        counts.forEach(
                (kind, doors) -> {
                    Map<String, Long> byDoor = new TreeMap<>();
                    doors.forEach((door, count) -> byDoor.put(door.label(), count.sum()));
                    document.put(kind.label, byDoor);
                });
        return document;
    }
}
