package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.SharedSide;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts whose effects have a side in common, by the numbers of their joins. Whatever the parts,
 * an event is taken into the side once.
 *
 * @param side has their effects
 * @param join what effects share with triggers, by the names that effects have for it
 * @param parts by the number of the join
 * @param longest the longest of their windows, in nanoseconds
 */
record SoughtSide(SharedSide side, List<JoinKey> join, Map<Integer, Sought> parts, long longest) {

    /** Of parts with the same side, at least one. */
    static SoughtSide of(List<Sought> sharing) {
        Map<Integer, Sought> parts = new TreeMap<>();
        long longest = 0;
        for (Sought each : sharing) {
            parts.put(each.join().number(), each);
            longest = Math.max(longest, Nanos.of(each.wanted().within()));
        }
        Sought first = sharing.getFirst();
        return new SoughtSide(first.join().shared(), first.wanted().join(), parts, longest);
    }

    /** What an effect shares with the triggers of any of the parts; empty if it lacks a key. */
    Optional<JoinHash> key(AuditEvent effect) {
        return JoinHash.ofEffect(join, effect);
    }

    /** Which events are effects. */
    EventPattern pattern() {
        return side.key().pattern();
    }

    /** The part whose join has a number. */
    Optional<Sought> part(int join) {
        return Optional.ofNullable(parts.get(join));
    }

    /** All parts, by the numbers of their joins. */
    Collection<Sought> all() {
        return parts.values();
    }
}
