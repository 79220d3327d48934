package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Tells the log when services were dead, by what their probes find. Only changes are told; a
 * service that comes and goes is dead until it has been alive for {@link #STEADY}, so that no more
 * than two events come in that time. What the log does not take is told at the next probe.
 * Thread-safe.
 */
public final class LifeReports {
    /** So long a service is alive before it is told so. */
    static final Duration STEADY = Duration.ofSeconds(10);

    /** Of so many services is known how they are. */
    static final int MAX_SERVICES = 1_000;

    private static final EventLogger LOG = EventLogger.of(LifeReports.class);
    private static final int MAX_DETAIL = 200;

    private final EventLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Function<String, Optional<Instant>> onRecord;
    private final Map<String, Life> services = new HashMap<>();

    /**
     * Reports into a log.
     *
     * @param onRecord since when a service is dead by what was told before the start; empty if it
     *     is not
     */
    public LifeReports(EventLog log, Function<String, Optional<Instant>> onRecord) {
        this.log = log;
        this.onRecord = onRecord;
    }

    /** What is known of a service. */
    private static final class Life {
        private Optional<Instant> lastAlive = Optional.empty();
        private Optional<Instant> aliveSince = Optional.empty();
        private Optional<Instant> deadSince = Optional.empty();
        private Optional<Instant> over = Optional.empty();
    }

    /**
     * An instance answered.
     *
     * @param asked when it was asked
     * @param at when it answered
     */
    public void alive(String service, Instant asked, Instant at, String detail) {
        locked(() -> hearAlive(service, asked, at, detail));
    }

    private void hearAlive(String service, Instant asked, Instant at, String detail) {
        Life life = life(service);
        life.lastAlive = Optional.of(asked);
        life.aliveSince = life.aliveSince.or(() -> Optional.of(at));
        Instant steady = life.aliveSince.orElseThrow();
        deadSince(service, life)
                .filter(since -> !at.isBefore(steady.plus(STEADY)))
                .filter(since -> tell(new DeadTime(service, since, Optional.of(steady)), detail))
                .ifPresent(
                        since -> {
                            life.over = Optional.of(since);
                            life.deadSince = Optional.empty();
                        });
    }

    /** No instance is alive. */
    public void dead(String service, Instant at, String detail) {
        locked(() -> hearDead(service, at, detail));
    }

    private void hearDead(String service, Instant at, String detail) {
        Life life = life(service);
        life.aliveSince = Optional.empty();
        if (deadSince(service, life).isEmpty()) {
            Instant since = life.lastAlive.orElse(at);
            if (tell(new DeadTime(service, since, Optional.empty()), detail)) {
                life.deadSince = Optional.of(since);
            }
        }
    }

    /** The registry knows no instance, which says that a service is dead if it was alive. */
    public void absent(String service, Instant at, String detail) {
        locked(
                () -> {
                    if (life(service).lastAlive.isPresent()) {
                        hearDead(service, at, detail);
                    }
                });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private Life life(String service) {
        if (services.size() >= MAX_SERVICES && !services.containsKey(service)) {
            return new Life();
        }
        return services.computeIfAbsent(service, fresh -> new Life());
    }

    /** What was told before the start stands until it is told that it is over. */
    private Optional<Instant> deadSince(String service, Life life) {
        if (life.deadSince.isEmpty()) {
            life.deadSince =
                    onRecord.apply(service).filter(since -> !Optional.of(since).equals(life.over));
        }
        return life.deadSince;
    }

    private boolean tell(DeadTime dead, String detail) {
        try {
            String cut = detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
            OwnAppend.to(log, List.of(dead.event(cut)));
            return true;
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.debug("source.report.postponed", "service", dead.service(), "reason", e);
            return false;
        }
    }
}
