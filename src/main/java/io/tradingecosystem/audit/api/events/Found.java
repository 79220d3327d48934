package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of events that were found.
 *
 * @param events the events
 * @param nextPageToken where to go on; empty when there is nothing more
 * @param scanned what was read for it; empty where an index alone decided
 */
public record Found(List<AuditEvent> events, String nextPageToken, Optional<Scanned> scanned) {
    public Found {
        events = List.copyOf(events);
    }

    /** Whether there is no event, and none behind. */
    boolean isNothing() {
        return events.isEmpty() && nextPageToken.isEmpty();
    }

    /** What was left out because the budget was used up, of events of a time. */
    List<Omission> unread(EventFilter filter) {
        return scanned.flatMap(each -> each.unread(filter)).stream().toList();
    }

    /**
     * What was read.
     *
     * @param events how many events
     * @param reached the occurred_at of the last of them; empty if there was none
     * @param direction in which order
     * @param end why it ended there
     */
    record Scanned(long events, Optional<Instant> reached, Direction direction, End end) {
        private Optional<Omission> unread(EventFilter filter) {
            return end.bound.map(
                    bound ->
                            direction == Direction.NEWEST_FIRST
                                    ? omission(bound, begins(filter), reached)
                                    : omission(bound, reached, ends(filter)));
        }

        private static Omission omission(
                Bound bound, Optional<Instant> since, Optional<Instant> until) {
            return new Omission(bound, OptionalLong.empty(), since, until);
        }

        private static Optional<Instant> begins(EventFilter filter) {
            return Optional.of(filter.from()).filter(from -> from.isAfter(Selection.BEGINNING));
        }

        private static Optional<Instant> ends(EventFilter filter) {
            return Optional.of(filter.to()).filter(to -> to.isBefore(Selection.END));
        }
    }

    /** Why reading ended. */
    enum End {
        /** There is nothing more. */
        ALL,
        /** The page is full. */
        PAGE,
        /** As many events were read as one answer may cost. */
        EVENTS(Bound.SEARCH_EVENTS),
        /** It took as long as one answer may. */
        TIME(Bound.SEARCH_TIME),
        /** Nobody waits any more. */
        CALLER;

        private final Optional<Bound> bound;

        End() {
            this.bound = Optional.empty();
        }

        End(Bound bound) {
            this.bound = Optional.of(bound);
        }
    }
}
