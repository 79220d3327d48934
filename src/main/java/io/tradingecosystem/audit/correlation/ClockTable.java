package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.matching.EventClock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of one checkpoint: a clock stands there as its number, from 0, and behind a number
 * that is new come its service and its name. For one thread.
 */
final class ClockTable {
    private final Map<EventClock, Integer> numbers = new HashMap<>();
    private final List<EventClock> clocks = new ArrayList<>();

    void write(EventClock clock, ByteWriter out) {
        Integer known = numbers.get(clock);
        if (known != null) {
            out.count(known);
            return;
        }
        out.count(add(clock)).text(clock.service()).text(clock.name());
    }

    EventClock read(ByteReader in, ClockPool pool) {
        int number = in.count();
        if (number == clocks.size()) {
            add(pool.kept(new EventClock(in.text(), in.text())));
        }
        return clocks.get(number);
    }

    private int add(EventClock clock) {
        numbers.put(clock, clocks.size());
        clocks.add(clock);
        return clocks.size() - 1;
    }
}
