package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.matching.SharedSide;
import io.tradingecosystem.audit.scenario.Expectations.Sought;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parts whose effects have a side in common, by the numbers of their joins. Whatever the parts,
 * an event is taken into the side once.
 *
 * @param side has their effects
 * @param parts by the number of the join
 * @param longest the longest of their windows, in nanoseconds
 */
record SoughtSide(SharedSide side, Map<Integer, Sought> parts, long longest) {

    /** Of parts with the same side, at least one. */
    static SoughtSide of(List<Sought> sharing) {
        Map<Integer, Sought> parts = new TreeMap<>();
        long longest = 0;
        for (Sought each : sharing) {
            parts.put(each.join().number(), each);
            longest = Math.max(longest, Nanos.of(each.wanted().within()));
        }
        return new SoughtSide(sharing.getFirst().join().shared(), parts, longest);
    }

    /** Which events are effects. */
    EventPattern pattern() {
        return side.key().pattern();
    }

    Collection<Sought> all() {
        return parts.values();
    }

    /**
     * The parts of which windows may wait for an event, and those that cannot know.
     *
     * @param affected knows for which triggers an event may count
     */
    Collection<Sought> concerned(JoinHash key, JoinedEvent event, AffectedWindows affected) {
        if (parts.size() == 1) {
            return parts.values();
        }
        Set<Integer> waiting = side.waiting(key);
        if (affected.allKnowAll(this, event)) {
            return waiting.stream().filter(parts::containsKey).map(parts::get).toList();
        }
        return parts.values().stream()
                .filter(
                        each ->
                                waiting.contains(each.join().number())
                                        || !each.join().effects().isOwn(event.at())
                                        || !affected.knowsAll(each, event))
                .toList();
    }
}
