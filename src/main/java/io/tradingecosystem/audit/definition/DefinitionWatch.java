package io.tradingecosystem.audit.definition;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Brings what is in force into line with a folder of definitions, by events of the log. It looks
 * once a second whether a file changed; while the folder has problems, what was in force stays. For
 * one thread; {@link #isReady} and {@link #problems} for any.
 */
public final class DefinitionWatch {
    private static final EventLogger LOG = EventLogger.of(DefinitionWatch.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<String> fingerprint;
    private final Supplier<List<AuditEvent>> changes;
    private final EventLog log;
    private final Time time;
    private volatile boolean ready;
    private volatile boolean postponed;
    private volatile List<String> problems = List.of();
    private String seen = "";
    private long lastLook;

    /**
     * A watch that has not looked yet.
     *
     * @param name of what is defined, for log lines
     * @param fingerprint changes whenever the folder does
     * @param changes reads the folder and gives the events that make up the difference to what is
     *     in force; throws {@link InvalidDefinitionException} if the folder has problems
     */
    public DefinitionWatch(
            String name,
            Supplier<String> fingerprint,
            Supplier<List<AuditEvent>> changes,
            EventLog log,
            Time time) {
        this.name = requireNonNull(name, "name is null");
        this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.log = requireNonNull(log, "log is null");
        this.time = requireNonNull(time, "time is null");
    }

    /**
     * Whether what the folder says was in force once, or cannot be: because of its problems, or for
     * as long as the log cannot be written.
     */
    public boolean isReady() {
        return ready || postponed;
    }

    /** What is wrong with the folder now. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Looks before anything is taken in: what is recorded from now on is to find in force what the
     * folder says, however long it takes to catch up with what was recorded earlier. What is in
     * force may be known from then only; a change that was made since has the same id again.
     *
     * @throws InvalidDefinitionException if the folder has problems
     */
    public void begin() {
        List<AuditEvent> events = changes.get();
        if (events.isEmpty()) {
            return;
        }
        try {
            log.append(events);
        } catch (LogUnavailableException | LogBusyException e) {
            postponed = true;
            LOG.warn(name + ".postponed", "reason", e.toString());
        }
    }

    /** Looks, if it is time; to be called whenever the log has nothing more. */
    public void look() {
        long tick = time.tick();
        if (ready && !seen.isEmpty() && tick - lastLook < POLL_INTERVAL.toNanos()) {
            return;
        }
        lastLook = tick;
        String print = fingerprint.get();
        if (ready && print.equals(seen)) {
            return;
        }
        seen = print;
        try {
            List<AuditEvent> events = changes.get();
            if (!events.isEmpty()) {
                log.append(events);
                LOG.info(name + ".changed", "changes", events.size());
            }
            problems = List.of();
            ready |= events.isEmpty();
            // Once more when the changes have come back through the log.
            seen = events.isEmpty() ? print : "";
        } catch (InvalidDefinitionException e) {
            problems = e.problems();
            ready = true;
            LOG.warn(name + ".refused", "problems", problems);
        }
    }
}
