package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of each part of an expectation after one occurrence of its trigger. The same events
 * give the same evidence in whatever order, and however often, they are added; its size is bounded.
 * Immutable.
 *
 * @param tracks one per part, in the order of {@link Expectation#parts()}
 */
record Evidence(List<PartSightings> tracks) {
    /** Where the order among effects decides what counts, so many in-time sightings are kept. */
    private static final int MAX_FACTS = 256;

    private static final Duration MIN_LOOK_BEHIND = Duration.ofSeconds(10);
    private static final Duration MAX_LOOK_BEHIND = Duration.ofMinutes(10);
    private static final Duration LOOK_BEFORE = Duration.ofMinutes(1);

    Evidence {
        tracks = List.copyOf(tracks);
    }

    static Evidence none(Expectation expectation) {
        return new Evidence(Collections.nCopies(expectation.parts().size(), PartSightings.EMPTY));
    }

    /** How long after the end of a window an event is still worth mentioning. */
    static Duration lookBehind(Duration within) {
        if (within.compareTo(MIN_LOOK_BEHIND) < 0) {
            return MIN_LOOK_BEHIND;
        }
        return within.compareTo(MAX_LOOK_BEHIND) > 0 ? MAX_LOOK_BEHIND : within;
    }

    /** How long before the trigger an event is still worth mentioning. */
    static Duration lookBefore() {
        return LOOK_BEFORE;
    }

    /** This evidence and a sighting of the part with an index. */
    Evidence with(
            Expectation expectation,
            int index,
            Instant triggeredAt,
            Duration skew,
            EventFact fact) {
        Part part = expectation.parts().get(index);
        Instant opens = part instanceof Effect ? triggeredAt.minus(skew) : triggeredAt;
        Instant closes = triggeredAt.plus(part.within());
        PartSightings track = tracks.get(index).with(fact, opens, closes, enough(part));
        if (track.equals(tracks.get(index))) {
            return this;
        }
        List<PartSightings> changed = new ArrayList<>(tracks);
        changed.set(index, track);
        return new Evidence(changed);
    }

    /** How many in-time sightings decide about a part. */
    private static int enough(Part part) {
        return switch (part) {
            case Forbidden forbidden -> 1;
            case Effect effect when !effect.after().isEmpty() -> MAX_FACTS;
            case Effect effect -> Math.max(effect.max().orElse(0) + 1, effect.min());
        };
    }

    /**
     * An event that fits a part's pattern and keys.
     *
     * @param eventId its id
     * @param service its service
     * @param type its type
     * @param occurredAt when it occurred
     */
    record EventFact(String eventId, String service, String type, Instant occurredAt) {
        static final Comparator<EventFact> ORDER =
                Comparator.comparing(EventFact::occurredAt).thenComparing(EventFact::eventId);

        static EventFact of(AuditEvent event) {
            return new EventFact(event.id(), event.service(), event.type(), event.occurredAt());
        }
    }

    /**
     * The sightings of one part.
     *
     * @param inside those in time, oldest first: the oldest that decide about it
     * @param more whether there were more in time
     * @param before the last one before the window
     * @param late the first one behind it
     */
    record PartSightings(
            List<EventFact> inside,
            boolean more,
            Optional<EventFact> before,
            Optional<EventFact> late) {
        static final PartSightings EMPTY =
                new PartSightings(List.of(), false, Optional.empty(), Optional.empty());

        PartSightings {
            inside = List.copyOf(inside);
        }

        private PartSightings with(EventFact fact, Instant opens, Instant closes, int max) {
            if (fact.occurredAt().isBefore(opens)) {
                EventFact last =
                        before.filter(b -> EventFact.ORDER.compare(b, fact) > 0).orElse(fact);
                return new PartSightings(inside, more, Optional.of(last), late);
            }
            if (fact.occurredAt().isAfter(closes)) {
                EventFact first =
                        late.filter(l -> EventFact.ORDER.compare(l, fact) < 0).orElse(fact);
                return new PartSightings(inside, more, before, Optional.of(first));
            }
            int place = Collections.binarySearch(inside, fact, EventFact.ORDER);
            if (place >= 0) {
                return this;
            }
            List<EventFact> facts = new ArrayList<>(inside);
            facts.add(-place - 1, fact);
            boolean full = facts.size() > max;
            return new PartSightings(
                    full ? facts.subList(0, max) : facts, more || full, before, late);
        }
    }
}
