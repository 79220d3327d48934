package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.Signal;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A thread that takes the log to some work, as much at a time as is waiting. An event on which the
 * work fails in {@link #each} is set aside at once: the work starts again from what is durable, and
 * goes on behind it. When the work fails in another way, it starts again with growing pauses, and
 * goes event by event to where it failed; an event on which it fails time and again is left out.
 * Thread-safe.
 */
public final class LogFollower implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(LogFollower.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 3;

    private final String name;
    private final EventLog log;
    private final Work work;
    private final int batch;
    private final Backoff backoff = new Backoff(MIN_PAUSE, MAX_PAUSE);
    private final Thread thread;

    private final Signal moved = new Signal();
    private volatile boolean closed;
    private volatile boolean paused;
    private List<AuditEvent> taken = List.of();
    private long carefulTo;
    private long failedAt;
    private int attempts;
    private long waitedAt = -1;
    private long setAside;

    /**
     * A follower that has not started.
     *
     * @param name for the thread and for log lines
     * @param batch read at most so many events at once
     */
    public LogFollower(String name, EventLog log, Work work, int batch) {
        this.name = requireNonNull(name, "name is null");
        this.log = requireNonNull(log, "log is null");
        this.work = requireNonNull(work, "work is null");
        this.batch = batch;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** What is done with the log; called by the follower's thread only. */
    public interface Work {
        /** The last event that was taken in. */
        long position();

        /** Takes in what comes behind {@link #position}, in order. */
        void take(List<AuditEvent> events);

        /**
         * Does what is to be done between events.
         *
         * @param caughtUp whether the log has nothing more now
         * @return how long to wait for the next event at most
         */
        Duration settle(boolean caughtUp);

        /** Forgets what is not durable, after a failure. */
        void reopen();

        /** Goes on behind an event that cannot be taken in. */
        void skip(long position);
    }

    /**
     * Gives events to some work, one by one; what fails is told as the event's fault, so that it is
     * set aside. That the log is away is nobody's fault, nor that memory is short.
     */
    public static void each(List<AuditEvent> events, Consumer<AuditEvent> work) {
        for (AuditEvent event : events) {
            try {
                work.accept(event);
            } catch (LogUnavailableException | LogBusyException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw new UnworkableEventException(event, e);
            }
        }
    }

    /** Starts to follow. */
    public void start() {
        thread.start();
    }

    /** Takes nothing in until it is resumed; a step that is under way ends as usual. */
    public void pause() {
        paused = true;
        moved.raise();
    }

    /** Goes on where it was paused. */
    public void resume() {
        paused = false;
        moved.raise();
    }

    /**
     * Waits for something that the work brings about.
     *
     * @return whether it is so; false when {@code timeout} passed or this was closed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        moved.await(() -> condition.getAsBoolean() || closed, timeout);
        return condition.getAsBoolean();
    }

    /** The same for callers that go on in any case; an interrupt stays pending. */
    public void awaitQuietly(BooleanSupplier condition, Duration timeout) {
        Threads.untilInterrupted(() -> await(condition, timeout));
    }

    /** Ends the thread; what is not durable is worked on again after the next start. */
    @Override
    public void close() {
        end();
    }

    /** The same; tells whether the thread ran and is gone, so that its work may be touched. */
    public boolean end() {
        closed = true;
        moved.raise();
        if (thread.getState() == Thread.State.NEW) {
            return false;
        }
        thread.interrupt();
        return Threads.join(thread, LAST_WORDS);
    }

    private void run() {
        while (!closed) {
            try {
                moved.await(() -> !paused || closed);
                step();
                if (work.position() >= failedAt) {
                    startOver();
                }
            } catch (InterruptedException e) {
                return;
            } catch (UnworkableEventException e) {
                setAside(e);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void step() throws InterruptedException {
        if (work.position() == setAside - 1) {
            work.skip(setAside);
        }
        long end = log.lastPosition();
        taken = log.read(work.position(), most());
        // Then retention has removed whatever there was up to the end.
        boolean nothing = taken.isEmpty();
        if (!nothing) {
            work.take(taken);
            taken = List.of();
        }
        long reached = nothing ? Math.max(end, work.position()) : work.position();
        boolean caughtUp = log.lastPosition() == reached;
        Duration wait = work.settle(caughtUp);
        moved.raise();
        if (caughtUp && log.lastPosition() == reached) {
            log.await(reached, wait);
        }
    }

    /** Up to what is set aside, which is not taken in. */
    private int most() {
        long position = work.position();
        if (position < carefulTo) {
            return 1;
        }
        return setAside > position ? (int) Math.min(batch, setAside - 1 - position) : batch;
    }

    private void setAside(UnworkableEventException e) {
        AuditEvent event = e.event();
        taken = List.of();
        setAside = event.position();
        LOG.error(
                name + ".skipped",
                e,
                "position",
                event.position(),
                "event",
                event.id(),
                "type",
                event.type());
        try {
            work.reopen();
        } catch (RuntimeException unreadable) {
            failed(unreadable);
        }
    }

    private void failed(Throwable e) {
        if (closed) {
            return;
        }
        List<AuditEvent> blamed = taken;
        taken = List.of();
        long position = blamed.isEmpty() ? 0 : blamed.getFirst().position();
        if (position != failedAt) {
            startOver();
        }
        attempts++;
        failedAt = position;
        carefulTo = blamed.isEmpty() ? carefulTo : blamed.getLast().position();
        if (!poisoned(e)) {
            tellOfWaiting(e);
        } else if (attempts == 1) {
            LOG.error(name + ".failed", e, "position", work.position());
        }
        try {
            Thread.sleep(backoff.afterFailure());
            work.reopen();
            if (attempts >= MAX_ATTEMPTS && poisoned(e) && blamed.size() == 1) {
                LOG.warn(name + ".skipped", "position", position);
                work.skip(position);
                startOver();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreadable) {
            LOG.debug(name + ".unreadable", "reason", unreadable);
        }
    }

    private void startOver() {
        attempts = 0;
        backoff.reset();
    }

    /** Once; in between there may have been nothing to write, so that all seemed well. */
    private void tellOfWaiting(Throwable e) {
        if (waitedAt != work.position()) {
            waitedAt = work.position();
            LOG.warn(
                    name + ".waits",
                    "position",
                    waitedAt,
                    "reason",
                    String.valueOf(e.getMessage()));
        }
    }

    /** A log that is away comes back; an event that cannot be worked on never can be. */
    private static boolean poisoned(Throwable e) {
        return !(e instanceof LogUnavailableException) && !(e instanceof LogBusyException);
    }
}
