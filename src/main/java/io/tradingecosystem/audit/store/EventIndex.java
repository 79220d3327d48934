package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds events of the log, by any indexed property, in the order of occurred_at. Thread-safe. */
public interface EventIndex {

    /** The event with an id. */
    Optional<AuditEvent> byId(String id);

    /** The events with some ids, in their order; fetched at once, which is faster. */
    default List<Optional<AuditEvent>> byIds(List<String> ids) {
        return ids.stream().map(this::byId).toList();
    }

    /** The event at a position. */
    Optional<AuditEvent> at(long position);

    /** The events at some positions, in their order; fetched at once, which is faster. */
    default List<Optional<AuditEvent>> at(List<Long> positions) {
        return positions.stream().map(this::at).toList();
    }

    /**
     * One page of a selection, ordered by occurred_at, then position.
     *
     * <p>Pages are stable under writes: an event that was there when paging began is returned once;
     * one that arrives meanwhile is returned if it sorts behind the page token.
     *
     * @throws InvalidQuestionException if a business key is asked for that is not configured, or
     *     the limit or page token is not one
     */
    Page find(Query query);

    /**
     * Goes through a selection event by event, in the order of a page, with a few of them in memory
     * at a time. As with pages, what was there when it began is given once, also to scans that go
     * on from where one stopped.
     *
     * @param query the limit is that of the events that are read
     * @param taker gets one event after another, and says whether to go on behind it
     * @return the page token to go on with; empty when there is nothing more
     * @throws InvalidQuestionException as {@link #find}
     */
    String scan(Query query, Predicate<AuditEvent> taker);

    /** What retention has let go so far; empty while that is nothing. */
    default Optional<Removal> removed() {
        return Optional.empty();
    }

    /**
     * With what the event with an id went; empty if it did not, or nobody knows any more: the ids
     * of removed events are removed soon after them.
     */
    default Optional<Removal> removed(String id) {
        return Optional.empty();
    }

    /** The names of the attributes that are indexed as business keys. */
    Set<String> businessKeys();

    /** The direction of a page in time. */
    enum Direction {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /**
     * A question.
     *
     * @param selection which events
     * @param direction in which order
     * @param limit at most so many on the page, from 1
     * @param pageToken where to go on, from the page before; empty for the first page
     */
    record Query(Selection selection, Direction direction, int limit, String pageToken) {
        /** The first page, oldest first. */
        public static Query of(Selection selection, int limit) {
            return new Query(selection, Direction.OLDEST_FIRST, limit, "");
        }

        /** The same question, from a page token on. */
        public Query from(String token) {
            return new Query(selection, direction, limit, token);
        }
    }

    /**
     * An answer.
     *
     * @param events the events
     * @param nextPageToken where to go on; empty when there is nothing more
     */
    record Page(List<AuditEvent> events, String nextPageToken) {
        public Page {
            events = List.copyOf(events);
        }
    }
}
