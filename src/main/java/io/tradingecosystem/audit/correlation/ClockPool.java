package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.matching.EventClock;

import java.util.HashMap;
import java.util.Map;

/**
 * The clocks of remembered events, each kept once however many events it stamped. Whether a clock
 * is found here again changes nothing but the memory that it takes. For one thread.
 */
final class ClockPool {
    private static final int MAX_CLOCKS = 10_000;

    private final Map<EventClock, EventClock> clocks = new HashMap<>();

    /** The clock that is kept for an equal one. */
    EventClock kept(EventClock clock) {
        if (clocks.size() == MAX_CLOCKS) {
            clocks.clear();
        }
        EventClock known = clocks.putIfAbsent(clock, clock);
        return known == null ? clock : known;
    }
}
