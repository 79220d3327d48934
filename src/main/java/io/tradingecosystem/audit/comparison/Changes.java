package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.comparison.OwnTimes.OwnTime;
import io.tradingecosystem.audit.comparison.TimeChanges.Times;

import java.util.EnumMap;
import java.util.Map;

/** What changed between two samples: by signal, then by service. */
final class Changes {
    private Changes() {}

    static Map<Signal, Map<String, Change>> of(Sample run, Sample baseline) {
        Map<Signal, Map<String, Change>> changes = new EnumMap<>(Signal.class);
        Times own = ownTimes(run);
        Times other = ownTimes(baseline);
        for (Signal signal : Signal.values()) {
            changes.put(
                    signal,
                    switch (signal) {
                        case OWN_TIME -> TimeChanges.slower(own, other);
                        case TAIL -> TimeChanges.slowerTail(own, other);
                        case DELAYS -> TimeChanges.later(delays(run), delays(baseline));
                        case ERRORS -> ErrorChanges.of(run, baseline);
                        case LOGS -> LogChanges.of(run, baseline);
                        case STEPS -> StepChanges.of(run, baseline);
                    });
        }
        return changes;
    }

    private static Times ownTimes(Sample sample) {
        Times times = new Times();
        for (OwnTime each : sample.ownTimes()) {
            times.add(each.service(), each.step().toString(), each.nanos());
        }
        return times;
    }

    /** Delays of events that are within no span, whose times own times have. */
    private static Times delays(Sample sample) {
        Times times = new Times();
        for (Run.Hop hop : sample.hops()) {
            if (hop.best() && !hop.parent() && hop.cause().isPresent()) {
                String name = hop.cause().get() + " -> " + hop.effect();
                times.add(hop.effect().service(), name, hop.nanos());
            }
        }
        return times;
    }
}
