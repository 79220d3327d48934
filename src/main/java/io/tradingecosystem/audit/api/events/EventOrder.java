package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.store.EventIndex.Direction;

/** In which order events are asked for. */
public enum EventOrder {
    OLDEST_FIRST(Direction.OLDEST_FIRST),
    NEWEST_FIRST(Direction.NEWEST_FIRST),
    /** The slowest first, of all that are read, which are the newest. */
    DURATION(Direction.NEWEST_FIRST);

    private final Direction direction;

    EventOrder(Direction direction) {
        this.direction = direction;
    }

    static EventOrder of(Direction direction) {
        return direction == Direction.OLDEST_FIRST ? OLDEST_FIRST : NEWEST_FIRST;
    }

    /** In which order they are read. */
    Direction direction() {
        return direction;
    }

    /** Whether what is found first stands first. */
    boolean isOfTime() {
        return this != DURATION;
    }

    /** What takes what is found. */
    FoundEvents page(int limit) {
        return isOfTime() ? new FoundEvents.First(limit) : new FoundEvents.Slowest(limit);
    }
}
