package io.tradingecosystem.audit.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tallies of the last minutes, in slots of time that are dropped when they are over. The number of
 * keys of a slot is bounded. Used by one thread.
 */
final class SlidingTallies<K> {
    private static final int SLOTS = 30;

    private final long slotMillis;
    private final int maxKeys;
    private final TreeMap<Long, Map<K, Tally>> slots = new TreeMap<>();
    private long leftOut;

    SlidingTallies(Duration window, int maxKeys) {
        this.slotMillis = Math.max(1, window.toMillis() / SLOTS);
        this.maxKeys = maxKeys;
    }

    /** The tally of a key at a time; one that counts for nothing where there are too many. */
    Tally of(K key, Instant at) {
        Map<K, Tally> slot =
                slots.computeIfAbsent(
                        Math.floorDiv(at.toEpochMilli(), slotMillis), s -> new HashMap<>());
        if (slot.size() >= maxKeys && !slot.containsKey(key)) {
            leftOut++;
            return new Tally();
        }
        return slot.computeIfAbsent(key, k -> new Tally());
    }

    /** Drops what was before a time. */
    void forgetBefore(Instant time) {
        slots.headMap(Math.floorDiv(time.toEpochMilli(), slotMillis)).clear();
        if (slots.isEmpty()) {
            leftOut = 0;
        }
    }

    void clear() {
        slots.clear();
        leftOut = 0;
    }

    /** All that is there, by its key. */
    Map<K, Tally> sums() {
        Map<K, Tally> sums = new HashMap<>();
        slots.values()
                .forEach(
                        slot ->
                                slot.forEach(
                                        (key, tally) ->
                                                sums.computeIfAbsent(key, k -> new Tally())
                                                        .add(tally)));
        return sums;
    }

    /** How much did not count, as there are too many keys. */
    long leftOut() {
        return leftOut;
    }
}
