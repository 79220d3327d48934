package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.monitoring.Meters;

import java.util.List;

/** The runs for which callers send, by the baggage of their requests. Thread-safe. */
public final class CallerRuns {
    private final Meters.Counters ignored;

    private CallerRuns(Meters.Counters ignored) {
        this.ignored = ignored;
    }

    /** Counts that can be seen among the metrics. */
    public static CallerRuns create(Meters meters) {
        return new CallerRuns(
                meters.counters(
                        "access_baggage_ignored",
                        "Requests with baggage of which something was ignored",
                        List.of("door")));
    }

    /** The caller, in the run that the baggage of its request names. */
    Caller of(Caller caller, String door, List<String> baggage) {
        Baggage read = Baggage.of(baggage);
        if (!read.whole()) {
            ignored.increment(door);
        }
        return read.scenarioId().isEmpty() ? caller : caller.within(read.scenarioId());
    }
}
