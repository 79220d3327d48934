package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Nanos;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a source was heard without a hole: runs of signs of life, each at most so far behind the one
 * before, and, where they are counted, with the next number. Whatever the order in which signs
 * come, the runs are the same. Past {@link #MAX} runs the earliest fall below a floor, before which
 * nothing is known. Times are nanoseconds since the epoch. For one thread.
 */
final class SourceCoverage {
    static final int MAX = 1_000;

    /** Before a window it is looked so far for when the source was heard last. */
    static final long LOOK_BEFORE = 60_000_000_000L;

    private final long every;
    private final boolean counted;

    /** By their first number, which is the time where nothing is counted. */
    private final NavigableMap<Long, Run> runs = new TreeMap<>();

    private long floor = Long.MIN_VALUE;
    private boolean repeated;

    SourceCoverage(long every, boolean counted) {
        this.every = every;
        this.counted = counted;
    }

    /** Signs without a hole: when the first and the last came, and their numbers. */
    private record Run(long first, long last, long firstNumber, long lastNumber) {
        Run with(Run later) {
            return new Run(first, later.last, firstNumber, later.lastNumber);
        }
    }

    /** What a sign of life changed. */
    enum Change {
        NONE,
        EXTENDED,
        /** A number came twice, so that from here on no number proves anything. */
        REPEATED
    }

    /**
     * Takes in a sign of life.
     *
     * @param number of the sign, or its time where none is counted
     */
    Change add(long at, long number) {
        if (at <= floor || repeated) {
            return Change.NONE;
        }
        Run before = value(runs.floorEntry(number));
        if (before != null && number <= before.lastNumber) {
            repeated = counted;
            return counted ? Change.REPEATED : Change.NONE;
        }
        put(new Run(at, at, number, number), before, value(runs.higherEntry(number)));
        trim();
        return Change.EXTENDED;
    }

    private void put(Run fresh, @Nullable Run before, @Nullable Run after) {
        Run run = fresh;
        if (before != null && follows(before, run)) {
            runs.remove(before.firstNumber);
            run = before.with(run);
        }
        if (after != null && follows(run, after)) {
            runs.remove(after.firstNumber);
            run = run.with(after);
        }
        runs.put(run.firstNumber, run);
    }

    private boolean follows(Run earlier, Run later) {
        long silent = Nanos.between(earlier.last, later.first);
        boolean next = !counted || later.firstNumber - 1 == earlier.lastNumber;
        return next && silent >= 0 && silent <= every;
    }

    private void trim() {
        while (runs.size() > MAX) {
            Run earliest = runs.pollFirstEntry().getValue();
            floor = Math.max(floor, earliest.last);
        }
    }

    private static @Nullable Run value(Map.@Nullable Entry<Long, Run> entry) {
        return entry == null ? null : entry.getValue();
    }

    /** Where in a time the source was not heard without a hole; empty if it was. */
    Optional<Silence> silence(long from, long to) {
        if (repeated) {
            return Optional.of(Silence.REPEATED);
        }
        long reached = Long.MIN_VALUE;
        for (Run run : runs.values()) {
            if (run.first <= from && run.last >= to) {
                return Optional.empty();
            }
            reached = isBehind(run, from) ? Math.max(reached, run.last) : reached;
        }
        return Optional.of(
                from <= floor
                        ? Silence.before(floor)
                        : new Silence(Silence.Kind.SILENT, reached, next(from, reached, to)));
    }

    private static boolean isBehind(Run run, long from) {
        return run.first <= from && run.last >= Nanos.plus(from, -LOOK_BEFORE);
    }

    private long next(long from, long reached, long to) {
        long next = Long.MAX_VALUE;
        for (Run run : runs.values()) {
            boolean later = run.first > Math.max(from, reached) && run.first <= to;
            next = later ? Math.min(next, run.first) : next;
        }
        return next;
    }

    /**
     * A time without a sign of life.
     *
     * @param since the last sign before it; {@link Long#MIN_VALUE} if there was none lately
     * @param until the first sign behind it; {@link Long#MAX_VALUE} if there is none in the time
     */
    record Silence(Kind kind, long since, long until) {
        static final Silence REPEATED = new Silence(Kind.REPEATED, Long.MIN_VALUE, Long.MAX_VALUE);

        /** Why nothing is sure. */
        enum Kind {
            SILENT,
            FORGOTTEN,
            REPEATED
        }

        static Silence before(long floor) {
            return new Silence(Kind.FORGOTTEN, Long.MIN_VALUE, floor);
        }
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("floor", floor).put("repeated", repeated);
        ArrayNode list = node.putArray("runs");
        for (Run run : runs.values()) {
            list.addArray().add(run.first).add(run.last).add(run.firstNumber).add(run.lastNumber);
        }
        return node;
    }

    /** The same as it was with the last commit. */
    void restore(JsonNode node) {
        floor = node.required("floor").longValue();
        repeated = node.required("repeated").booleanValue();
        for (JsonNode each : node.required("runs")) {
            Run run =
                    new Run(
                            each.get(0).longValue(),
                            each.get(1).longValue(),
                            each.get(2).longValue(),
                            each.get(3).longValue());
            runs.put(run.firstNumber, run);
        }
    }
}
