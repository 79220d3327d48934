package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notices when this process could take no events: it was not running or out of reach, it stood
 * still, or its log could not be written. Its heart beats on a thread of its own, so that much work
 * is no absence: a follower that is behind loses nothing, as what senders delivered is in the log.
 * If the heart itself did not beat, nothing else ran either. Each absence is told to the log at
 * once; on record is until when there was none that is untold, for the next start to find.
 * Thread-safe.
 */
final class PresenceWatch implements AutoCloseable {
    /** The name of the projection. */
    static final String PROJECTION = "presence";

    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** A heart that did not beat for longer stood still, or was starved. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(5);

    private static final EventLogger LOG = EventLogger.of(PresenceWatch.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final String AWAY = "the correlator was away";
    private static final String STILL = "the correlator stood still";
    private static final String UNWRITABLE = "the log could not be written";

    private final EventLog log;
    private final Projection presence;
    private final Time time;
    private final AbsenceReports reports;
    private final RecurringTask heart;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant begun;
    private Instant lastHeard;
    private long lastBeat;
    private boolean writable = true;
    private boolean returned;
    private boolean here;

    /** A heart that does not beat yet. */
    PresenceWatch(EventLog log, Projection presence, AbsenceReports reports, Time time) {
        this.log = log;
        this.presence = presence;
        this.time = time;
        this.reports = reports;
        this.begun = time.now();
        this.lastHeard = begun;
        this.lastBeat = time.tick();
        this.heart =
                RecurringTask.builder("scenario-heart", this::beat, PresenceWatch::failed)
                        .initialDelay(HEARTBEAT)
                        .platformThread()
                        .build();
    }

    /**
     * Tells how long nobody was here, before anything else is told. Without a trace of an earlier
     * start there was no absence.
     *
     * @param traced when we were here by other traces, if there is none of a heart
     */
    void begin(Optional<Instant> traced) {
        Optional<Instant> last = lastHere().or(() -> traced);
        locked(
                () -> {
                    begun = time.now();
                    lastHeard = begun;
                    lastBeat = time.tick();
                    returned = last.isPresent();
                    here = true;
                    last.ifPresent(before -> reports.add(before, begun, AWAY));
                });
        reports.tell();
    }

    private Optional<Instant> lastHere() {
        return presence.get(VerdictKeys.alive())
                .map(alive -> JsonRecord.time(JsonRecord.read(alive), "at"));
    }

    /** Begins to beat. */
    void start() {
        heart.start();
    }

    /** From now on senders reach us; since we came back they did not. */
    void enter() {
        if (returned) {
            reports.add(begun, time.now(), AWAY);
        }
        heart.wake();
    }

    /** From now on senders do not reach us: the next start counts from here. */
    void leave() {
        beat();
        locked(() -> here = false);
    }

    /** One beat of the heart; gives the time until the next. */
    Duration beat() {
        locked(
                () -> {
                    lastBeat = listen();
                    lookAtTheLog();
                });
        reports.tell();
        locked(this::note);
        return HEARTBEAT;
    }

    /** Looks whether the heart beats; for any thread. */
    void look() {
        locked(this::listen);
    }

    /** Gives the time at which nothing is left to be noticed, however long ago that is by now. */
    private long listen() {
        long tick = time.tick();
        long silence = tick - lastBeat;
        if (here && silence > MAX_SILENCE.toNanos()) {
            Instant now = time.now();
            Instant since = now.minusNanos(silence);
            reports.add(since.isBefore(lastHeard) ? since : lastHeard, now, STILL);
            lastBeat = tick;
        }
        return tick;
    }

    /** Between two looks at a log that cannot be written, and before the first, it could not be. */
    private void lookAtTheLog() {
        Instant now = time.now();
        boolean before = writable;
        writable = log.isWritable();
        if (here && !(before && writable)) {
            reports.add(lastHeard, now, UNWRITABLE);
        }
        lastHeard = now;
    }

    /** Not while it is untold that we were not here, nor when we are not any more. */
    private void note() {
        if (!here || reports.untold().isPresent()) {
            return;
        }
        JsonNode alive = JsonNodeFactory.instance.objectNode().put("at", lastHeard.toString());
        try {
            presence.commit(
                    log.lastPosition(),
                    changes -> changes.put(VerdictKeys.alive(), JsonRecord.write(alive)));
        } catch (LogUnavailableException e) {
            LOG.debug("scenario.presence.postponed", "reason", e);
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private static Duration failed(Throwable failure) {
        LOG.warn("scenario.heartbeat.failed", "reason", failure);
        return HEARTBEAT;
    }

    /** Ends, and leaves on record that we were here until now. */
    @Override
    public void close() {
        if (heart.close(LAST_WORDS)) {
            beat();
        }
    }
}
