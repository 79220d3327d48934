package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;

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
    /** More in-time sightings of one part than this are not told apart. */
    static final int MOST_FACTS = 256;

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
    Evidence with(int part, Fact fact, Instant opens, Instant closes) {
        Track track = tracks.get(part).with(fact, opens, closes);
        if (track.equals(tracks.get(part))) {
            return this;
        }
        List<Track> changed = new ArrayList<>(tracks);
        changed.set(part, track);
        return new Evidence(changed);
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
     * @param inside those in time, oldest first: the oldest {@link #MOST_FACTS}
     * @param more whether there were more in time
     * @param before the last one before the window
     * @param late the first one behind it
     */
    record Track(List<Fact> inside, boolean more, Optional<Fact> before, Optional<Fact> late) {
        static final Track EMPTY = new Track(List.of(), false, Optional.empty(), Optional.empty());

        Track {
            inside = List.copyOf(inside);
        }

        private Track with(Fact fact, Instant opens, Instant closes) {
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
            boolean full = facts.size() > MOST_FACTS;
            return new Track(
                    full ? facts.subList(0, MOST_FACTS) : facts, more || full, before, late);
        }
    }
}
