package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A step that runs again and again on a virtual thread of its own: after the delay that it asks
 * for, or sooner when woken. Waits by the monotonic clock, so a wall clock that jumps does not
 * matter.
 */
final class Pulse {
    private static final EventLogger LOG = EventLogger.of(Pulse.class);
    private static final Duration AFTER_A_BUG = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Duration> step;
    private final Runnable farewell;
    private final Duration minGap;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private boolean closing;

    /**
     * @param step one round; gives the time until the next
     * @param farewell runs once after the last step, on the same thread
     * @param minGap a wake-up before this time has passed since the last step waits for it
     */
    Pulse(String name, Supplier<Duration> step, Runnable farewell, Duration minGap) {
        this.name = name;
        this.step = step;
        this.farewell = farewell;
        this.minGap = minGap;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Asks for a step now; many requests make one. */
    void wake() {
        change(() -> woken = true);
    }

    /** Lets a running step end, then says farewell; interrupts both when patience ends. */
    void close(Duration patience) {
        change(() -> closing = true);
        try {
            if (!thread.join(patience)) {
                LOG.warn("registry.close_interrupted", "task", name, "after", patience);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing()) {
            try {
                await(guarded(step));
            } catch (InterruptedException e) {
                LOG.debug("registry.task_interrupted", "task", name);
                return;
            }
        }
        guarded(
                () -> {
                    farewell.run();
                    return Duration.ZERO;
                });
    }

    private Duration guarded(Supplier<Duration> action) {
        try {
            return action.get();
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            // A thread that dies here would let the service vanish from the registry unnoticed.
            LOG.error("registry.task_failed", e, "task", name);
            return AFTER_A_BUG;
        }
    }

    private void await(Duration delay) throws InterruptedException {
        long ended = System.nanoTime();
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!closing && left > 0 && !woken) {
                left = changed.awaitNanos(left);
            }
            long gap = minGap.toNanos() - (System.nanoTime() - ended);
            while (!closing && woken && gap > 0) {
                gap = changed.awaitNanos(gap);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    private boolean closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable edit) {
        lock.lock();
        try {
            edit.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
