package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How far a follower has come, from the log's end and what the follower has committed, whenever
 * somebody asks. The follower has no part in it: it may sit in one batch for minutes, or be dead.
 * Thread-safe.
 */
public final class FollowerProgress {
    private static final EventLogger LOG = EventLogger.of(FollowerProgress.class);

    /** The work of a second or so. */
    private static final long FAR = 20_000;

    private final EventLog log;
    private final Projection projection;
    private final InstantSource clock;
    private volatile Waiting waiting = new Waiting(-1, Instant.EPOCH);

    /**
     * @param position of the last event that is worked in
     * @param since when the next one was recorded
     */
    private record Waiting(long position, Instant since) {}

    /**
     * The progress of a projection's follower.
     *
     * @param clock what time it is, as the log's recorded_at has it
     */
    public FollowerProgress(EventLog log, Projection projection, InstantSource clock) {
        this.log = requireNonNull(log, "log is null");
        this.projection = requireNonNull(projection, "projection is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** How far it has come now; events that left the log do not wait. */
    public Progress now() {
        // In this order: what comes in between makes it look behind, not ahead.
        long position = projection.position();
        long done = Math.max(position, log.firstPosition() - 1);
        return new Progress(position, Math.max(0, log.lastPosition() - done));
    }

    /** The last position of the log. */
    public long end() {
        return log.lastPosition();
    }

    /** Whether all up to a position is worked in, or has left the log. */
    public boolean hasPassed(long position) {
        return Math.max(projection.position(), log.firstPosition() - 1) >= position;
    }

    /** Whether so much waits that nobody should wait for the end of it. */
    public boolean isFarBehind() {
        return now().behind() > FAR;
    }

    /**
     * When the oldest event that waits was recorded, or, if that cannot be read, since when it is
     * known to wait; absent while none does.
     */
    public Optional<Instant> waitingSince() {
        Progress now = now();
        return now.isBehind() ? Optional.of(since(now.position())) : Optional.empty();
    }

    /** How old the oldest event that waits is; zero while none does. */
    public Duration lag() {
        return waitingSince()
                .map(since -> Duration.between(since, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    /** It stands still while the follower does, so the log is read once. */
    private Instant since(long position) {
        Waiting known = waiting;
        if (known.position() != position) {
            known = new Waiting(position, recordedAt(position));
            waiting = known;
        }
        return known.since();
    }

    private Instant recordedAt(long position) {
        try {
            List<AuditEvent> next = log.read(position, 1);
            return next.isEmpty() ? clock.instant() : next.getFirst().recordedAt();
        } catch (LogUnavailableException e) {
            LOG.debug("progress.unreadable", "position", position, "reason", e);
            return clock.instant();
        }
    }
}
