package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The times in which we ourselves were away. Once a second it is noted that we are alive, so that
 * the next start knows how long we were not; the log is told before anything else is judged. For
 * the follower's thread.
 */
final class Absences {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final EventLogger LOG = EventLogger.of(Absences.class);
    private static final Duration SHORTEST = HEARTBEAT.multipliedBy(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_UNCOMMITTED = 4_096;

    private final EventLog log;
    private final Projection projection;
    private final String service;
    private final Time time;
    private Optional<Instant> awaySince = Optional.empty();
    private long lastHeartbeat;
    private long count;

    /**
     * Nothing is known yet.
     *
     * @param service our own name
     */
    Absences(EventLog log, Projection projection, String service, Time time) {
        this.log = log;
        this.projection = projection;
        this.service = service;
        this.time = time;
    }

    /** How many were told. */
    long count() {
        return count;
    }

    /** When we were last alive, as a projection has it. */
    static Optional<Instant> lastAlive(Projection projection) {
        return projection
                .get(VerdictKeys.alive())
                .map(alive -> JsonRecord.time(JsonRecord.read(alive), "at"));
    }

    /** Looks how long we were away, and tells so before anything else is told. */
    void begin(Referee referee) {
        awaySince = lastAlive(projection);
        lastHeartbeat = time.tick() - HEARTBEAT.toNanos();
        awaySince.ifPresent(referee::hold);
        try {
            report(referee);
        } catch (LogUnavailableException | LogBusyException e) {
            LOG.warn("scenario.absence.postponed", "reason", e);
        }
    }

    /** A long silence of our own is an absence like any other. */
    void notice(Referee referee) {
        long since = time.tick() - lastHeartbeat;
        if (since > MAX_PAUSE.toNanos() && awaySince.isEmpty()) {
            awaySince = Optional.of(time.now().minusNanos(since));
            awaySince.ifPresent(referee::hold);
        }
    }

    /**
     * Tells the log of an absence, if there was one. While the log cannot be written, what happens
     * is lost as well, and the absence goes on.
     */
    boolean report(Referee referee) {
        Instant now = time.now();
        Optional<Instant> from = awaySince.filter(since -> since.isBefore(now.minus(SHORTEST)));
        if (from.isPresent()) {
            Gap gap = new Gap(from.get(), now, "the correlator was away");
            log.append(List.of(VerdictEvents.gap(service, gap)));
            count++;
            LOG.warn("scenario.absence", "from", gap.from(), "to", now);
            lastHeartbeat = time.tick() - HEARTBEAT.toNanos();
        } else if (awaySince.isPresent()) {
            referee.hold(Instant.MAX);
        }
        awaySince = Optional.empty();
        return from.isPresent();
    }

    /** Notes that we live, if it is time. */
    void beat(Referee referee) {
        long tick = time.tick();
        boolean due = tick - lastHeartbeat >= HEARTBEAT.toNanos();
        if (due || referee.writer().position() - projection.position() >= MAX_UNCOMMITTED) {
            lastHeartbeat = tick;
            alive(referee);
        }
    }

    /** Notes that we live now; not while it is untold when we lived before. */
    void alive(Referee referee) {
        if (awaySince.isEmpty()) {
            note(time.now(), referee);
            referee.writer().commit();
        }
    }

    /** Notes with what is committed next that we lived at a moment. */
    void note(Instant now, Referee referee) {
        JsonNode alive = JsonNodeFactory.instance.objectNode().put("at", now.toString());
        referee.writer().put(VerdictKeys.alive(), alive);
    }
}
