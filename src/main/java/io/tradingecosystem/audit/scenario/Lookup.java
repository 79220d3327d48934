package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.matching.LateSearch;
import io.tradingecosystem.audit.scenario.NearMisses.OtherKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Removal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the events of a window are: in the joins of its parts while these have all of them, else in
 * the store, as far as a budget goes. For the one thread that judges.
 */
final class Lookup {
    private static final int NEAR_MISS_BUDGET = 500;

    /** Of near misses at the same time, the one with the first id is told, whichever came first. */
    private static final int MAX_AT_ONCE = 16;

    private final EventIndex index;
    private final Joins joins;
    private final LateSearch search;
    private final LateSearch nearMisses;
    private final ClockSkew clocks;
    private boolean fresh;
    private boolean removed;

    Lookup(EventIndex index, Joins joins, ClockSkew clocks, int budget) {
        this.index = index;
        this.joins = joins;
        this.search = new LateSearch(index, budget);
        this.nearMisses = new LateSearch(index, NEAR_MISS_BUDGET);
        this.clocks = clocks;
    }

    /** The most that clocks may differ by. */
    Duration clockSkew() {
        return clocks.max();
    }

    /** Looks again at what may have left the log. */
    void refresh() {
        fresh = false;
    }

    /** Whether an id can come again, as the first events have left the log that has each once. */
    boolean mayRepeatIds() {
        if (!fresh) {
            removed = index.at(1).isEmpty();
            fresh = true;
        }
        return removed;
    }

    /** An event of the log. */
    Optional<AuditEvent> byId(String eventId) {
        return index.byId(eventId);
    }

    /**
     * The events of each part of a window.
     *
     * @param position the last event that counts
     */
    List<PartEvents> events(Window window, Expectation expectation, long position) {
        List<PartEvents> events = new ArrayList<>();
        List<Part> parts = expectation.parts();
        for (int part = 0; part < parts.size(); part++) {
            events.add(events(window, parts.get(part), part, position));
        }
        return events;
    }

    private PartEvents events(Window window, Part part, int number, long position) {
        Optional<IntervalJoin> join = join(window, number);
        if (join.isEmpty()) {
            return found(window, part, "SEARCH_BUDGET", position);
        }
        Optional<JoinHash> key = window.keys().get(number);
        if (key.isEmpty()) {
            return trigger(window, position)
                    .map(trigger -> lacking(part, trigger))
                    .orElseGet(() -> PartEvents.lacking(String.join(", ", causes(part))));
        }
        long within = Nanos.of(part.within());
        JoinedEvent trigger = window.occurrence().trigger();
        return join.get().effects().isComplete(first(trigger), last(trigger, within))
                ? new JoinedPart(join.get(), key.get(), trigger.id(), within)
                : found(window, part, bound(join.get(), trigger), position);
    }

    private Optional<IntervalJoin> join(Window window, int part) {
        return window.firstJoin() == Window.OF_OLD
                ? Optional.empty()
                : joins.find(window.firstJoin() + part);
    }

    private String bound(IntervalJoin join, JoinedEvent trigger) {
        return first(trigger) < join.definedFrom() ? "DEFINED_LATER" : "SEARCH_BUDGET";
    }

    private long first(JoinedEvent trigger) {
        return Nanos.plus(trigger.at(), -Nanos.of(clocks.max()));
    }

    private long last(JoinedEvent trigger, long within) {
        return Nanos.plus(Nanos.plus(trigger.at(), within), Nanos.of(clocks.max()));
    }

    private PartEvents found(Window window, Part part, String bound, long position) {
        Optional<AuditEvent> known = trigger(window, position);
        if (known.isEmpty()) {
            return new FoundPart(List.of(), Optional.of("the trigger is not in the log any more"));
        }
        AuditEvent trigger = known.get();
        if (JoinHash.ofCause(part.join(), trigger).isEmpty()) {
            return lacking(part, trigger);
        }
        JoinedEvent at = window.occurrence().trigger();
        long begin = first(at);
        long end = last(at, Nanos.of(part.within()));
        LateSearch.Found found = find(search, part, trigger, begin, end, position);
        List<AuditEvent> events = new ArrayList<>(found.events());
        long earliest = Nanos.plus(begin, -NearMisses.lookBefore());
        long latest = Nanos.plus(end, NearMisses.lookBehind(part.within()));
        events.addAll(near(part, trigger, earliest, Nanos.plus(begin, -1), position));
        events.addAll(near(part, trigger, Nanos.plus(end, 1), latest, position));
        String over = bound + ": more than " + search.budget() + " events of that time were stored";
        return new FoundPart(
                events.stream().map(JoinedEvent::of).toList(),
                found.complete() ? removed(begin) : Optional.of(over));
    }

    /** Why events of a time that begins then may not be in the log any more. */
    private Optional<String> removed(long begin) {
        return index.removed()
                .map(Removal::recordedBefore)
                .filter(before -> begin < Times.toEpochNanos(before))
                .map(
                        before ->
                                Bound.RETENTION
                                        + ": events recorded before "
                                        + before
                                        + " were removed");
    }

    /** What may be a near miss; nothing if the budget does not tell which was the nearest. */
    private List<AuditEvent> near(
            Part part, AuditEvent trigger, long from, long to, long position) {
        LateSearch.Found found = find(nearMisses, part, trigger, from, to, position);
        return found.complete() ? found.events() : List.of();
    }

    private static LateSearch.Found find(
            LateSearch search, Part part, AuditEvent trigger, long from, long to, long position) {
        return search.find(
                part.pattern(),
                keys(part, trigger),
                from,
                to,
                position,
                Integer.MAX_VALUE,
                event ->
                        !VerdictEvents.isOwn(event)
                                && !event.id().equals(trigger.id())
                                && joined(part, trigger, event));
    }

    private Optional<AuditEvent> trigger(Window window, long position) {
        return index.byId(window.occurrence().triggerId())
                .filter(trigger -> trigger.position() <= position);
    }

    private static PartEvents lacking(Part part, AuditEvent trigger) {
        List<String> lacked =
                part.join().stream()
                        .filter(key -> key.ofCause(trigger).isEmpty())
                        .map(key -> key.cause().written())
                        .toList();
        return PartEvents.lacking(String.join(", ", lacked));
    }

    private static List<String> causes(Part part) {
        return part.join().stream().map(key -> key.cause().written()).toList();
    }

    private static Map<String, String> keys(Part part, AuditEvent trigger) {
        Map<String, String> keys = new TreeMap<>();
        part.join()
                .forEach(
                        key ->
                                key.textOfCause(trigger)
                                        .ifPresent(
                                                value -> keys.put(key.effect().written(), value)));
        return keys;
    }

    private static boolean joined(Part part, AuditEvent trigger, AuditEvent effect) {
        for (JoinKey key : part.join()) {
            if (!key.joins(trigger, effect)) {
                return false;
            }
        }
        return true;
    }

    /** The triggers that waited for an event which came too late for its join. */
    LateSearch.Found triggers(
            Expectation expectation, Part part, AuditEvent effect, long position, int max) {
        Map<String, String> keys = new TreeMap<>();
        part.join()
                .forEach(
                        key ->
                                key.textOfEffect(effect)
                                        .ifPresent(
                                                value -> keys.put(key.cause().written(), value)));
        long at = Times.toEpochNanos(effect.occurredAt());
        long skew = Nanos.of(clocks.max());
        return search.find(
                expectation.trigger(),
                keys,
                Nanos.plus(at, -Nanos.plus(Nanos.of(part.within()), skew)),
                Nanos.plus(at, skew),
                position,
                max,
                trigger -> !trigger.id().equals(effect.id()) && joined(part, trigger, effect));
    }

    /** Finds what fits an effect in time, but not in its keys. */
    NearMisses.OtherKeys otherKeys(Window window, Expectation expectation, long position) {
        return (effect, before) ->
                effect.join().isEmpty()
                        ? OtherKey.NONE
                        : trigger(window, position)
                                .map(
                                        trigger ->
                                                otherKey(
                                                        effect,
                                                        join(
                                                                window,
                                                                expectation
                                                                        .parts()
                                                                        .indexOf(effect)),
                                                        trigger,
                                                        position,
                                                        before))
                                .orElse(OtherKey.NONE);
    }

    private OtherKey otherKey(
            Effect effect,
            Optional<IntervalJoin> join,
            AuditEvent trigger,
            long position,
            long before) {
        Instant latest = Times.ofEpochNanos(before);
        JoinedEvent at = JoinedEvent.of(trigger);
        long within = Nanos.of(effect.within());
        LateSearch.Found found =
                nearMisses.find(
                        effect.pattern(),
                        Map.of(),
                        first(at),
                        Nanos.plus(at.at(), within),
                        position,
                        MAX_AT_ONCE,
                        event ->
                                !VerdictEvents.isOwn(event)
                                        && event.recordedAt().isBefore(latest)
                                        && !event.id().equals(trigger.id())
                                        && !joined(effect, trigger, event)
                                        && !isAwaited(effect, join, event, within, before));
        if (found.events().isEmpty()) {
            int looked = found.complete() ? 0 : nearMisses.budget();
            return new OtherKey(Optional.empty(), "", looked);
        }
        AuditEvent other =
                Collections.min(
                        found.events(), Comparator.comparing(JoinedEvent::of, JoinedEvent.ORDER));
        return new OtherKey(
                Optional.of(JoinedEvent.of(other)), difference(effect, trigger, other), 0);
    }

    private static boolean isAwaited(
            Part part, Optional<IntervalJoin> join, AuditEvent event, long within, long before) {
        Optional<JoinHash> key = JoinHash.ofEffect(part.join(), event);
        return join.isPresent()
                && key.isPresent()
                && JoinedPart.isAwaited(
                        join.get(),
                        key.get(),
                        JoinedEvent.of(event),
                        within,
                        trigger -> trigger.recordedAt() < before);
    }

    private static String difference(Part part, AuditEvent trigger, AuditEvent effect) {
        JoinKey other =
                part.join().stream()
                        .filter(key -> !key.joins(trigger, effect))
                        .findFirst()
                        .orElseThrow();
        String name = other.effect().written();
        String wanted = Quoted.of(other.textOfCause(trigger).orElse(""));
        return other.textOfEffect(effect)
                .map(value -> name + " " + Quoted.of(value) + " instead of " + wanted)
                .orElse("no " + name + " instead of " + wanted);
    }
}
