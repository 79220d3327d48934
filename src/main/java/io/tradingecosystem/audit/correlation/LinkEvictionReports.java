package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.EvictedSide;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in the log what the memory of links lost, at most once a second, an event for each side that
 * lost something. For the follower's thread.
 */
final class LinkEvictionReports {
    private static final EventLogger LOG = EventLogger.of(LinkEvictionReports.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** So many sides are told of at once; others wait for the next time. */
    private static final int MAX_SIDES = 100;

    private final EventLog log;
    private final String service;
    private final Time time;

    /** What was told may not have been read back yet. */
    private final Map<EvictedSide.Name, Long> told = new HashMap<>();

    private long lastTold;

    /**
     * Nothing was told yet.
     *
     * @param service our own name
     */
    LinkEvictionReports(EventLog log, String service, Time time) {
        this.log = log;
        this.service = service;
        this.time = time;
        this.lastTold = time.tick() - INTERVAL.toNanos();
    }

    /** Tells what is new, if it is time. What the log does not take waits for a later call. */
    void tell(LinkEvictions evictions, int maxRemembered) {
        if (time.tick() - lastTold < INTERVAL.toNanos()) {
            return;
        }
        List<EvictedSide> sides =
                evictions.untold().stream()
                        .filter(side -> side.events() > before(evictions, side.name()))
                        .limit(MAX_SIDES)
                        .toList();
        if (!sides.isEmpty()) {
            lastTold = time.tick();
            tell(sides, evictions, maxRemembered);
        }
    }

    private long before(LinkEvictions evictions, EvictedSide.Name name) {
        return Math.max(evictions.told(name), told.getOrDefault(name, 0L));
    }

    private void tell(List<EvictedSide> sides, LinkEvictions evictions, int maxRemembered) {
        try {
            OwnAppend.to(
                    log,
                    sides.stream().map(side -> event(side, evictions, maxRemembered)).toList());
            sides.forEach(side -> told.put(side.name(), side.events()));
            LOG.warn("correlation.eviction", "sides", sides.size(), "largest", sides.getFirst());
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.debug("correlation.eviction.postponed", "reason", e);
        }
    }

    private AuditEvent event(EvictedSide side, LinkEvictions evictions, int maxRemembered) {
        return LinkEvents.eviction(
                service, time.now(), side, before(evictions, side.name()), maxRemembered);
    }
}
