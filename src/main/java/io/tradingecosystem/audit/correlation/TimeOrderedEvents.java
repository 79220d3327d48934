package io.tradingecosystem.audit.correlation;

/**
 * Events that share a key, by occurred_at, then id. Few keys have more than one event, so an event
 * is a run of its own length and needs nothing beside it. A long run is an array and not a tree:
 * what comes late is moved into its place, but nearly all goes in at one end and out at the other.
 * For one thread.
 */
sealed interface TimeOrderedEvents
        permits TimeOrderedEvents.None, PendingEvent, TimeOrderedEvents.Many {
    static TimeOrderedEvents none() {
        return None.INSTANCE;
    }

    int size();

    PendingEvent get(int place);

    /** This run and an event, of which it may have been made. */
    TimeOrderedEvents with(PendingEvent event);

    /** This run without an event. */
    TimeOrderedEvents without(PendingEvent event);

    /** How many occurred before a time. */
    default int before(long at) {
        int from = 0;
        int to = size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (get(middle).at() < at) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** How many come before an event, whether it is here or not. */
    default int before(PendingEvent event) {
        int from = 0;
        int to = size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (PendingEvent.ORDER.compare(get(middle), event) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Whether the event, or one that is equal to it in time and id, is here. */
    default boolean has(PendingEvent event) {
        int place = before(event);
        return place < size() && PendingEvent.ORDER.compare(get(place), event) == 0;
    }

    /** No event. */
    record None() implements TimeOrderedEvents {
        private static final TimeOrderedEvents INSTANCE = new None();

        @Override
        public int size() {
            return 0;
        }

        @Override
        public PendingEvent get(int place) {
            throw new IndexOutOfBoundsException(place);
        }

        @Override
        public TimeOrderedEvents with(PendingEvent event) {
            return event;
        }

        @Override
        public TimeOrderedEvents without(PendingEvent event) {
            return this;
        }
    }

    /** Two events or more. */
    final class Many implements TimeOrderedEvents {
        private PendingEvent[] events = new PendingEvent[4];
        private int start;
        private int size;

        Many(PendingEvent one, PendingEvent other) {
            boolean inOrder = PendingEvent.ORDER.compare(one, other) < 0;
            events[0] = inOrder ? one : other;
            events[1] = inOrder ? other : one;
            size = 2;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public PendingEvent get(int place) {
            return events[start + place];
        }

        @Override
        public TimeOrderedEvents with(PendingEvent event) {
            if (start + size == events.length) {
                makeRoom();
            }
            int last = start + size - 1;
            int place = PendingEvent.ORDER.compare(events[last], event) < 0 ? size : before(event);
            int at = start + place;
            System.arraycopy(events, at, events, at + 1, size - place);
            events[at] = event;
            size++;
            return this;
        }

        /** Twice what is needed, from the start: what was given up in front becomes room, too. */
        private void makeRoom() {
            PendingEvent[] moved = new PendingEvent[2 * size];
            System.arraycopy(events, start, moved, 0, size);
            events = moved;
            start = 0;
        }

        @Override
        public TimeOrderedEvents without(PendingEvent event) {
            int place = before(event);
            if (place == size || get(place) != event) {
                return this;
            }
            int at = start + place;
            int hole;
            if (place < size / 2) {
                System.arraycopy(events, start, events, start + 1, place);
                hole = start++;
            } else {
                System.arraycopy(events, at + 1, events, at, size - place - 1);
                hole = start + size - 1;
            }
            events[hole] = null;
            size--;
            return size == 1 ? get(0) : this;
        }
    }
}
