package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.util.List;
import java.util.function.Supplier;

/**
 * Lets the log say by what is decided: the settings of this process and the semantics of this
 * program, by events where the log says otherwise. They are in force where these events are taken
 * in, not before. For one thread.
 */
public final class DecisionWatch {
    private static final EventLogger LOG = EventLogger.of(DecisionWatch.class);

    private final Supplier<DecisionsInForce> inForce;
    private final DecisionSettings wanted;
    private final String service;
    private final EventLog log;
    private final Time time;

    /**
     * A watch that has not looked yet.
     *
     * @param inForce what is in force now, by the log so far
     * @param wanted the settings of this process
     * @param service our own name, as the sender of changes
     */
    public DecisionWatch(
            Supplier<DecisionsInForce> inForce,
            DecisionSettings wanted,
            String service,
            EventLog log,
            Time time) {
        this.inForce = requireNonNull(inForce, "inForce is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.service = requireNonNull(service, "service is null");
        this.log = requireNonNull(log, "log is null");
        this.time = requireNonNull(time, "time is null");
    }

    /**
     * Looks before anything else is written. What is in force may be known from then only; a change
     * that was made since has the same id again.
     */
    public void begin() {
        try {
            look();
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.warn("decisions.postponed", "reason", e.toString());
        }
    }

    /** Looks; to be called whenever the log has nothing more. */
    public void look() {
        List<AuditEvent> changes = inForce.get().changes(service, time.now(), wanted);
        if (!changes.isEmpty()) {
            OwnAppend.to(log, changes);
            changes.forEach(each -> LOG.info("decisions.changed", "now", each.message()));
        }
    }
}
