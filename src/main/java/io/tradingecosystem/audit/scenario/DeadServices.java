package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.sources.DeadTimes;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which services were dead when, as the log says: what nobody probed, or could not, was not. For
 * the one thread that judges.
 */
final class DeadServices {
    /** Of so many services is known when they were dead; a prober knows far fewer. */
    static final int MAX = 1_000;

    private static final EventLogger LOG = EventLogger.of(DeadServices.class);

    private final VerdictStoreWriter writer;
    private final Map<String, DeadTimes> services = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /** The services as they were with the last commit. */
    DeadServices(VerdictStoreWriter writer) {
        this.writer = writer;
        writer.scan(
                VerdictKeys.DEAD,
                (key, value) -> {
                    services.put(VerdictKeys.text(key), DeadTimes.read(JsonRecord.read(value)));
                    return true;
                });
    }

    /** Takes in that a service is dead, or alive again; the time of which more is known now. */
    Optional<Gap> hear(AuditEvent event) {
        return DeadTime.read(event).filter(this::add).map(DeadServices::touched);
    }

    private boolean add(DeadTime dead) {
        if (services.size() >= MAX && !services.containsKey(dead.service())) {
            LOG.warn("source.forgotten", "service", dead.service(), "max", MAX);
            return false;
        }
        changed.add(dead.service());
        long until = dead.until().map(Times::toEpochNanos).orElse(Long.MAX_VALUE);
        return services.computeIfAbsent(dead.service(), fresh -> new DeadTimes())
                .add(Times.toEpochNanos(dead.since()), until);
    }

    /** What was judged of a time without an end may be judged otherwise when it has one. */
    private static Gap touched(DeadTime dead) {
        return Gap.since(dead.since(), dead.service() + " is dead or alive");
    }

    /**
     * Why a service could not tell anything in a time, as a clause for people; empty if it could.
     */
    Optional<String> clause(String service, long from, long to) {
        return Optional.ofNullable(services.get(service))
                .flatMap(times -> times.overlapping(from, to))
                .map(DeadTimes::clause);
    }

    /** Writes what is to be committed. */
    void flush() {
        changed.forEach(
                each ->
                        Optional.ofNullable(services.get(each))
                                .ifPresent(
                                        times ->
                                                writer.put(
                                                        VerdictKeys.dead(each), times.toJson())));
        changed.clear();
    }
}
