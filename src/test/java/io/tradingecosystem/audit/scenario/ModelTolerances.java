package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
        Map<String, Duration> named = new HashMap<>();
        pairs.forEach((pair, each) -> named.put(name(pair), each));
        return new Tolerances(lateness, new ClockSkew(skew, named), catchUp);
    }

    private static String name(Set<String> pair) {
        List<String> services = List.copyOf(pair);
        return ClockSkew.pair(services.getFirst(), services.getLast());
    }

    /** The most that any two clocks may differ by. */
    Duration maxSkew() {
        return pairs.values().stream().reduce(skew, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** By how many nanoseconds the clocks of two events may differ. */
    long skew(AuditEvent one, AuditEvent other) {
        return areOfOneClock(one, other) ? 0 : between(one.service(), other.service()).toNanos();
    }

    private Duration between(String one, String other) {
        return pairs.isEmpty() ? skew : pairs.getOrDefault(both(one, other), skew);
    }

    /** A pair of services; one with itself, where two of its instances differ. */
    static Set<String> both(String one, String other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    private static boolean areOfOneClock(AuditEvent one, AuditEvent other) {
        String host = host(one);
        return host.equals(host(other)) && (!host.isEmpty() || areOfOneInstance(one, other));
    }

    private static String host(AuditEvent event) {
        if (!event.attribute("host.id").isEmpty()) {
            return "id " + event.attribute("host.id");
        }
        String name = event.attribute("host.name");
        return name.isEmpty() ? "" : "name " + name;
    }

    private static boolean areOfOneInstance(AuditEvent one, AuditEvent other) {
        return one.service().equals(other.service()) && one.instance().equals(other.instance());
    }
}
