package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which events belong to which occurrence: by pattern, time and what they share. */
final class Sightings {
    private static final int PAGE = 500;

    /** At most so many stored events are looked through for one part of one occurrence. */
    private static final int MAX_LOOKED_THROUGH = 20_000;

    private final EventIndex index;
    private final Duration skew;

    Sightings(EventIndex index, Duration skew) {
        this.index = index;
        this.skew = skew;
    }

    /** What an effect must share with this trigger; empty if the trigger lacks a key. */
    static Optional<byte[]> causeJoin(Expectation expectation, int part, AuditEvent trigger) {
        return join(expectation, part, key -> key.ofCause(trigger));
    }

    /** What a trigger must share with this effect; empty if the effect lacks a key. */
    static Optional<byte[]> effectJoin(Expectation expectation, int part, AuditEvent effect) {
        return join(expectation, part, key -> key.ofEffect(effect));
    }

    private static Optional<byte[]> join(
            Expectation expectation, int part, Function<JoinKey, Optional<String>> side) {
        List<String> values = new ArrayList<>();
        values.add(expectation.name());
        values.add(expectation.version());
        values.add(Integer.toString(part));
        for (JoinKey key : expectation.parts().get(part).join()) {
            Optional<String> value = side.apply(key);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(VerdictKeys.hash(values.toArray(String[]::new)));
    }

    /**
     * Events that came before the trigger and are a sighting of a part, or nearly in time to be
     * one.
     */
    List<AuditEvent> around(Expectation expectation, int index, AuditEvent trigger) {
        Part part = expectation.parts().get(index);
        Instant opens = trigger.occurredAt().minus(skew);
        Instant end = trigger.occurredAt().plus(part.within());
        Predicate<AuditEvent> wanted =
                event -> event.position() < trigger.position() && joined(part, trigger, event);
        // Apart, so that much that came before leaves room for what decides.
        List<AuditEvent> found =
                search(
                        part,
                        opens,
                        end.plus(Evidence.lookBehind(part.within())),
                        Direction.OLDEST_FIRST,
                        wanted);
        found.addAll(
                search(
                        part,
                        opens.minus(Evidence.lookBefore()),
                        opens.minusNanos(1),
                        Direction.NEWEST_FIRST,
                        wanted));
        return found;
    }

    private static boolean joined(Part part, AuditEvent trigger, AuditEvent effect) {
        return part.join().stream().allMatch(key -> key.joins(trigger, effect));
    }

    /**
     * Finds what fits an effect of this occurrence in time, but not in its keys.
     *
     * @param position the last event that is known; the index may know more
     */
    NearMisses.OtherKeys otherKeys(Occurrence occurrence, long position) {
        return (effect, due) ->
                index.byId(occurrence.triggerId())
                        .flatMap(trigger -> otherKey(effect, trigger, position, due));
    }

    private Optional<Map.Entry<EventFact, String>> otherKey(
            Part part, AuditEvent trigger, long position, Instant due) {
        return search(
                        part,
                        trigger.occurredAt().minus(skew),
                        trigger.occurredAt().plus(part.within()),
                        Direction.OLDEST_FIRST,
                        event ->
                                event.position() <= position
                                        && !event.recordedAt().isAfter(due)
                                        && !event.id().equals(trigger.id())
                                        && !joined(part, trigger, event))
                .stream()
                .min((a, b) -> EventFact.ORDER.compare(EventFact.of(a), EventFact.of(b)))
                .map(event -> Map.entry(EventFact.of(event), difference(part, trigger, event)));
    }

    private static String difference(Part part, AuditEvent trigger, AuditEvent effect) {
        JoinKey other =
                part.join().stream()
                        .filter(key -> !key.joins(trigger, effect))
                        .findFirst()
                        .orElseThrow();
        String wanted = other.ofCause(trigger).orElse("none");
        return other.ofEffect(effect)
                .map(value -> other.effect() + " " + value + " instead of " + wanted)
                .orElse("no " + other.effect() + ", wanted " + wanted);
    }

    private List<AuditEvent> search(
            Part part,
            Instant from,
            Instant to,
            Direction direction,
            Predicate<AuditEvent> wanted) {
        if (to.isBefore(Selection.BEGINNING)) {
            return new ArrayList<>();
        }
        Selection selection = Selection.of(key(part)).between(notBefore(from), to.plusNanos(1));
        List<AuditEvent> found = new ArrayList<>();
        Query query = new Query(selection, direction, PAGE, "");
        int seen = 0;
        Page page;
        do {
            page = index.find(query);
            seen += page.events().size();
            for (AuditEvent event : page.events()) {
                if (!VerdictEvents.isOwn(event)
                        && part.pattern().matches(event)
                        && wanted.test(event)) {
                    found.add(event);
                }
            }
            query = query.from(page.nextPageToken());
        } while (!page.nextPageToken().isEmpty() && seen < MAX_LOOKED_THROUGH);
        return found;
    }

    private static Instant notBefore(Instant from) {
        return from.isBefore(Selection.BEGINNING) ? Selection.BEGINNING : from;
    }

    private static Selection.Key key(Part part) {
        return Selection.Key.ofKind(
                part.pattern().onlyService().orElse(""), part.pattern().onlyType().orElse(""));
    }
}
