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
record Evidence(List<Track> tracks) {
    /** Where the order among effects decides what counts, so many in-time sightings are kept. */
    private static final int MOST_FACTS = 256;

    private static final Duration LEAST_LOOK_BEHIND = Duration.ofSeconds(10);
    private static final Duration MOST_LOOK_BEHIND = Duration.ofMinutes(10);
    private static final Duration LOOK_BEFORE = Duration.ofMinutes(1);

    Evidence {
        tracks = List.copyOf(tracks);
    }

    static Evidence none(Expectation expectation) {
        return new Evidence(Collections.nCopies(expectation.parts().size(), Track.EMPTY));
    }

    /** How long after the end of a window an event is still worth mentioning. */
    static Duration lookBehind(Duration within) {
        if (within.compareTo(LEAST_LOOK_BEHIND) < 0) {
            return LEAST_LOOK_BEHIND;
        }
        return within.compareTo(MOST_LOOK_BEHIND) > 0 ? MOST_LOOK_BEHIND : within;
    }

    /** How long before the trigger an event is still worth mentioning. */
    static Duration lookBefore() {
        return LOOK_BEFORE;
    }

    /** This evidence and a sighting of the part with an index. */
    Evidence with(
            Expectation expectation, int index, Instant triggeredAt, Duration skew, Fact fact) {
        Part part = expectation.parts().get(index);
        Instant opens = part instanceof Effect ? triggeredAt.minus(skew) : triggeredAt;
        Instant closes = triggeredAt.plus(part.within());
        Track track = tracks.get(index).with(fact, opens, closes, enough(part));
        if (track.equals(tracks.get(index))) {
            return this;
        }
        List<Track> changed = new ArrayList<>(tracks);
        changed.set(index, track);
        return new Evidence(changed);
    }

    /** How many in-time sightings decide about a part. */
    private static int enough(Part part) {
        return switch (part) {
            case Forbidden forbidden -> 1;
            case Effect effect when !effect.after().isEmpty() -> MOST_FACTS;
            case Effect effect -> Math.max(effect.most().orElse(0) + 1, effect.least());
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
    record Fact(String eventId, String service, String type, Instant occurredAt) {
        static final Comparator<Fact> ORDER =
                Comparator.comparing(Fact::occurredAt).thenComparing(Fact::eventId);

        static Fact of(AuditEvent event) {
            return new Fact(event.id(), event.service(), event.type(), event.occurredAt());
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
    record Track(List<Fact> inside, boolean more, Optional<Fact> before, Optional<Fact> late) {
        static final Track EMPTY = new Track(List.of(), false, Optional.empty(), Optional.empty());

        Track {
            inside = List.copyOf(inside);
        }

        private Track with(Fact fact, Instant opens, Instant closes, int most) {
            if (fact.occurredAt().isBefore(opens)) {
                Fact last = before.filter(b -> Fact.ORDER.compare(b, fact) > 0).orElse(fact);
                return new Track(inside, more, Optional.of(last), late);
            }
            if (fact.occurredAt().isAfter(closes)) {
                Fact first = late.filter(l -> Fact.ORDER.compare(l, fact) < 0).orElse(fact);
                return new Track(inside, more, before, Optional.of(first));
            }
            int place = Collections.binarySearch(inside, fact, Fact.ORDER);
            if (place >= 0) {
                return this;
            }
            List<Fact> facts = new ArrayList<>(inside);
            facts.add(-place - 1, fact);
            boolean full = facts.size() > most;
            return new Track(full ? facts.subList(0, most) : facts, more || full, before, late);
        }
    }
}
