package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How exact the world is to the model.
 *
 * @param lateness how long after its time an event may be recorded
 * @param skew by how much two clocks may differ
 * @param pairs by how much those of two services may, where that is another duration
 * @param catchUp how long after a gap senders deliver what they kept
 */
record ModelTolerances(
        Duration lateness, Duration skew, Map<Set<String>, Duration> pairs, Duration catchUp) {

    ModelTolerances {
        pairs = Map.copyOf(pairs);
    }

    static ModelTolerances of(Duration lateness, Duration skew) {
        return new ModelTolerances(lateness, skew, Map.of(), Duration.ofSeconds(30));
    }

    /** The same for the engine. */
    Tolerances ofEngine() {
        return new Tolerances(lateness, skew, catchUp);
    }

    /** By how many nanoseconds the clocks of two events may differ. */
    long skew(AuditEvent one, AuditEvent other) {
        return clock(one).equals(clock(other))
                ? 0
                : between(one.service(), other.service()).toNanos();
    }

    private Duration between(String one, String other) {
        // A set of one, where two instances of a service differ.
        return pairs.isEmpty() ? skew : pairs.getOrDefault(both(one, other), skew);
    }

    static Set<String> both(String one, String other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    private static String clock(AuditEvent event) {
        for (String host : new String[] {"host.id", "host.name"}) {
            if (!event.attribute(host).isEmpty()) {
                return host + '=' + event.attribute(host);
            }
        }
        return event.service() + '/' + event.instance();
    }
}
