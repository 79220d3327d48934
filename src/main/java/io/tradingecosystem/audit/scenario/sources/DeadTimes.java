package io.tradingecosystem.audit.scenario.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.Times;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The times in which one service was dead. Whatever the order in which they are told, they are the
 * same. Past {@link #MAX} the earliest fall below a floor, before which nothing is known. Times are
 * nanoseconds since the epoch. For one thread.
 */
public final class DeadTimes {
    public static final int MAX = 1_000;

    /** Until when, by since when; {@link Long#MAX_VALUE} where it is dead still. */
    private final NavigableMap<Long, Long> times = new TreeMap<>();

    private long floor = Long.MIN_VALUE;

    /** Adds one, or its end; whether that changed anything. */
    public boolean add(long since, long until) {
        if (since < floor) {
            return false;
        }
        Long before = times.put(since, Math.min(until, times.getOrDefault(since, Long.MAX_VALUE)));
        trim();
        return before == null || times.getOrDefault(since, before) < before;
    }

    private void trim() {
        while (times.size() > MAX) {
            Map.Entry<Long, Long> earliest = times.pollFirstEntry();
            boolean over = earliest.getValue() < Long.MAX_VALUE;
            floor = Math.max(floor, over ? earliest.getValue() : earliest.getKey());
        }
    }

    /**
     * A time in which it was dead.
     *
     * @param since {@link Long#MIN_VALUE} if that is not known any more
     * @param until {@link Long#MAX_VALUE} if it is dead still
     */
    public record Dead(long since, long until) {}

    /**
     * The first time of death that overlaps a time; empty if it was not dead, as far as is told.
     */
    public Optional<Dead> overlapping(long from, long to) {
        if (from < floor) {
            return Optional.of(new Dead(Long.MIN_VALUE, floor));
        }
        return times.headMap(to, false).entrySet().stream()
                .filter(each -> each.getValue() > from)
                .findFirst()
                .map(each -> new Dead(each.getKey(), each.getValue()));
    }

    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("floor", floor);
        ArrayNode list = node.putArray("times");
        times.forEach((since, until) -> list.addArray().add(since).add(until));
        return node;
    }

    /** The same as it was with the last commit. */
    public static DeadTimes read(JsonNode node) {
        DeadTimes read = new DeadTimes();
        read.floor = node.required("floor").longValue();
        node.required("times")
                .forEach(each -> read.times.put(each.get(0).longValue(), each.get(1).longValue()));
        return read;
    }

    /** The last time that it was dead; empty if it never was. */
    public Optional<Dead> last() {
        return Optional.ofNullable(times.lastEntry())
                .map(each -> new Dead(each.getKey(), each.getValue()));
    }

    /** Since when it is dead still; empty if it is not. */
    public Optional<Dead> open() {
        return times.entrySet().stream()
                .filter(each -> each.getValue() == Long.MAX_VALUE)
                .findFirst()
                .map(each -> new Dead(each.getKey(), each.getValue()));
    }

    /** A time as a clause for people. */
    public static String clause(Dead dead) {
        if (dead.since() == Long.MIN_VALUE) {
            return "was dead before " + time(dead.until()) + " is not known any more";
        }
        return dead.until() == Long.MAX_VALUE
                ? "was dead since " + time(dead.since())
                : "was dead from " + time(dead.since()) + " to " + time(dead.until());
    }

    private static String time(long nanos) {
        return Times.format(Times.ofEpochNanos(nanos));
    }
}
