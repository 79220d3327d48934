package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.verdicts.Eviction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.time.Duration;
import java.util.List;

/**
 * Says in the log what was left out to stay within bounds, at most once a second. For the
 * follower's thread.
 */
final class EvictionReports {
    private static final EventLogger LOG = EventLogger.of(EvictionReports.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final EventLog log;
    private final String service;
    private final Time time;

    /** What was told may not have been read back yet. */
    private Eviction told = new Eviction(0, 0);

    private long lastTold;

    /**
     * Nothing was told yet.
     *
     * @param service our own name
     */
    EvictionReports(EventLog log, String service, Time time) {
        this.log = log;
        this.service = service;
        this.time = time;
        this.lastTold = time.tick() - INTERVAL.toNanos();
    }

    /** Tells what is new, if it is time. What the log does not take waits for a later call. */
    void tell(Evictions evictions, VerdictBounds bounds) {
        Eviction total = evictions.total();
        if (!evictions.told().covers(total)
                && !told.covers(total)
                && time.tick() - lastTold >= INTERVAL.toNanos()) {
            lastTold = time.tick();
            Eviction before = evictions.told().covers(told) ? evictions.told() : told;
            tell(total, before, bounds, evictions.sides());
        }
    }

    private void tell(Eviction total, Eviction before, VerdictBounds bounds, List<String> sides) {
        try {
            OwnAppend.to(
                    log,
                    List.of(
                            VerdictEvents.eviction(
                                    service,
                                    time.now(),
                                    total,
                                    before,
                                    bounds.maxHeld(),
                                    bounds.maxOpen(),
                                    sides)));
            told = total;
            LOG.warn(
                    "scenario.eviction",
                    "dropped_events",
                    total.droppedEvents(),
                    "closed_windows",
                    total.closedWindows());
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.debug("scenario.eviction.postponed", "reason", e);
        }
    }
}
