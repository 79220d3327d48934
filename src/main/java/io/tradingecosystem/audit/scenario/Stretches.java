package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Steady;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many events occur in a stretch, wherever it begins: surely, and at most, as far as clocks
 * tell. Between two moments at which an event enters or leaves, the numbers do not change, so one
 * look between each two is enough.
 *
 * @param looks one for each moment that tells anything new, in the order of time
 * @param events those that may occur in any of them, in the order of time
 * @param isCut whether more came than are looked at
 */
record Stretches(List<Look> looks, List<JoinedEvent> events, boolean isCut) {
    /** So many events are looked at. */
    static final int MAX_LOOKED_AT = 10_000;

    /**
     * The events of the stretch that begins at a moment.
     *
     * @param from in nanoseconds after the trigger
     * @param sure so many occur in it, however clocks differ
     * @param perhaps so many may
     */
    record Look(long from, int sure, int perhaps) {}

    Stretches {
        looks = List.copyOf(looks);
        events = List.copyOf(events);
    }

    static Stretches of(Steady steady, PartEvents events, JoinedEvent trigger, ClockSkew clocks) {
        List<JoinedEvent> all = new ArrayList<>();
        long skew = Nanos.of(clocks.max());
        events.ascending(
                Nanos.plus(trigger.at(), -skew),
                Nanos.plus(Nanos.plus(trigger.at(), Nanos.of(steady.within())), skew),
                event -> {
                    all.add(event);
                    return all.size() <= MAX_LOOKED_AT;
                });
        boolean cut = all.size() > MAX_LOOKED_AT;
        List<JoinedEvent> looked = cut ? all.subList(0, MAX_LOOKED_AT) : all;
        return new Stretches(looks(steady, looked, trigger, clocks), looked, cut);
    }

    private static List<Look> looks(
            Steady steady, List<JoinedEvent> events, JoinedEvent trigger, ClockSkew clocks) {
        NavigableMap<Long, int[]> changes = new TreeMap<>();
        changes.put(0L, new int[2]);
        long stretch = Nanos.of(steady.stretch());
        for (JoinedEvent event : events) {
            long delay = Nanos.between(trigger.at(), event.at());
            long skew = Nanos.of(clocks.of(trigger.clock(), event.clock()));
            // It is in the half-open stretch that begins at c if c <= time < c + stretch.
            change(changes, delay - skew - stretch + 1, delay + skew, 1);
            change(changes, delay + skew - stretch + 1, delay - skew, 0);
        }
        return looks(changes, Nanos.of(steady.settling()));
    }

    /** An event counts for the stretches that begin between two moments, both included. */
    private static void change(
            NavigableMap<Long, int[]> changes, long first, long last, int which) {
        if (first <= last) {
            changes.computeIfAbsent(Math.max(0, first), fresh -> new int[2])[which]++;
            changes.computeIfAbsent(Math.max(0, last + 1), fresh -> new int[2])[which]--;
        }
    }

    private static List<Look> looks(NavigableMap<Long, int[]> changes, long settling) {
        List<Look> looks = new ArrayList<>();
        int sure = 0;
        int perhaps = 0;
        for (Map.Entry<Long, int[]> change : changes.headMap(settling, true).entrySet()) {
            sure += change.getValue()[0];
            perhaps += change.getValue()[1];
            looks.add(new Look(change.getKey(), sure, perhaps));
        }
        return looks;
    }
}
