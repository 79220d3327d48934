package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the referee is told of our own absences: no time is over behind one of which the word is not
 * read yet. Once a second, and with what is judged by the clock alone, it is noted how far the
 * clock was. For the follower's thread.
 */
final class Absences {
    static final Duration HEARTBEAT = PresenceWatch.HEARTBEAT;

    private static final int MAX_UNCOMMITTED = 4_096;

    private final Projection projection;
    private final Time time;
    private final AbsenceReports reports;
    private final PresenceWatch watch;
    private boolean held;
    private long lastNoted;

    /**
     * Nothing is known yet.
     *
     * @param service our own name
     */
    Absences(Store store, Projection projection, String service, Time time) {
        this.projection = projection;
        this.time = time;
        this.reports = new AbsenceReports(store.log(), service);
        this.watch =
                new PresenceWatch(
                        store.log(),
                        store.projections().projection(PresenceWatch.PROJECTION),
                        reports,
                        time);
    }

    /** How many were told. */
    long count() {
        return reports.count();
    }

    /** How far the clock was, as a projection has it. */
    static Optional<Instant> lastAlive(Projection projection) {
        return projection
                .get(VerdictKeys.alive())
                .map(alive -> JsonRecord.time(JsonRecord.read(alive), "at"));
    }

    /** Looks how long we were away, and tells so before anything else is told. */
    void begin(Referee referee) {
        lastNoted = time.tick() - HEARTBEAT.toNanos();
        watch.begin(lastAlive(projection));
        notice(referee);
    }

    /** Whether there is an absence of which the word is not read; nothing is over behind it. */
    boolean notice(Referee referee) {
        watch.look();
        Optional<Instant> since = reports.unreadAt(referee.writer().position());
        referee.clock().hold(since.orElse(Instant.MAX));
        held = since.isPresent();
        return held;
    }

    /** Notes how far the clock is, if it is time. */
    void beat(Referee referee) {
        long tick = time.tick();
        boolean due = tick - lastNoted >= HEARTBEAT.toNanos();
        if (due || referee.writer().position() - projection.position() >= MAX_UNCOMMITTED) {
            lastNoted = tick;
            alive(referee);
        }
    }

    /** Notes how far the clock is now; not while it is held. */
    void alive(Referee referee) {
        if (!held) {
            note(time.now(), referee);
            referee.writer().commit();
        }
    }

    /** Notes with what is committed next how far the clock was. */
    void note(Instant now, Referee referee) {
        JsonNode alive = JsonNodeFactory.instance.objectNode().put("at", now.toString());
        referee.writer().put(VerdictKeys.alive(), alive);
    }

    /** Where this process notices whether it is here; for any thread. */
    PresenceWatch watch() {
        return watch;
    }
}
