package io.tradingecosystem.audit.common;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A step that runs again and again on a thread of its own: after the delay that the step asks for,
 * or sooner when woken. A step that fails is not the last one. The task waits by the monotonic
 * clock, so a wall clock that jumps does not matter. A {@code ScheduledExecutorService} has neither
 * a delay that each step chooses nor a wake-up. Thread-safe.
 *
 * {@snippet file="common/RecurringTaskTest.java" region="task"}
 */
public final class RecurringTask implements AutoCloseable {
    private final Step step;
    private final FailureHandler onFailure;
    private final Duration initialDelay;
    private final Duration minGap;
    private final Runnable farewell;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private boolean urgent;
    private boolean closing;

    private RecurringTask(Builder builder) {
        this.step = builder.step;
        this.onFailure = builder.onFailure;
        this.initialDelay = builder.initialDelay;
        this.minGap = builder.minGap;
        this.farewell = builder.farewell;
        this.clock = builder.clock;
        this.thread = builder.threads.name(builder.name).unstarted(this::run);
    }

    /**
     * A task on a virtual thread, whose first step runs at once.
     *
     * @param name of the thread
     * @param step one round
     * @param onFailure is told of each step that failed, and of a farewell that did
     */
    public static Builder builder(String name, Step step, FailureHandler onFailure) {
        return new Builder(name, step, onFailure);
    }

    /** One round. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does the work of one round.
         *
         * @return the time until the next round
         * @throws InterruptedException if the task was interrupted; the task ends
         */
        Duration run() throws InterruptedException;
    }

    /** Decides what follows a failure. */
    @FunctionalInterface
    public interface FailureHandler {
        /** Tells of the failure; returns the time until the next step. */
        Duration failed(Throwable failure);
    }

    /** Starts the thread. To be called once. */
    public void start() {
        thread.start();
    }

    /** Asks for a step as soon as the gap allows; many requests make one. */
    public void wake() {
        change(() -> woken = true);
    }

    /** Asks for a step at once, whatever the gap. */
    public void wakeUrgently() {
        change(() -> woken = urgent = true);
    }

    /** Asks for the end and returns; a running step ends as usual. */
    public void stop() {
        change(() -> closing = true);
    }

    /** Asks for the end and waits until a running step and the farewell have ended. */
    @Override
    public void close() {
        stop();
        if (thread.getState() != Thread.State.NEW) {
            Threads.untilInterrupted(thread::join);
        }
    }

    /**
     * The same for so long at most; then the thread is interrupted, and goes on alone.
     *
     * @return whether the thread ended without that
     */
    public boolean close(Duration patience) {
        stop();
        boolean ended = Threads.join(thread, patience);
        if (!ended) {
            thread.interrupt();
        }
        return ended;
    }

    /** Whether the end was asked for; a long step looks now and then. */
    public boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits within a step.
     *
     * @return whether the end was asked for meanwhile
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closing && left > 0) {
                left = clock.await(changed, left);
            }
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            boolean due = !pause(initialDelay);
            while (due) {
                due = awaitTurn(guarded(step));
            }
        } catch (InterruptedException e) {
            // Whoever interrupts is in a hurry: the end, without a farewell.
            return;
        }
        Threads.untilInterrupted(() -> guarded(this::sayFarewell));
    }

    private Duration sayFarewell() {
        farewell.run();
        return Duration.ZERO;
    }

    private Duration guarded(Step action) throws InterruptedException {
        try {
            return action.run();
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            // A thread that dies here would leave its work undone unnoticed.
            return onFailure.failed(e);
        }
    }

    /** Waits for the next step; false if there is none. */
    private boolean awaitTurn(Duration delay) throws InterruptedException {
        long ended = clock.nanos();
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!closing && left > 0 && !woken) {
                left = clock.await(changed, left);
            }
            long gap = minGap.toNanos() - (clock.nanos() - ended);
            while (!closing && woken && !urgent && gap > 0) {
                gap = clock.await(changed, gap);
            }
            woken = false;
            urgent = false;
            return !closing;
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

    /** How time passes. */
    interface Clock {
        Clock SYSTEM =
                new Clock() {
                    @Override
                    public long nanos() {
                        return System.nanoTime();
                    }

                    @Override
                    @SuppressWarnings("WaitNotInLoop") // Whoever calls it loops.
                    public long await(Condition condition, long nanos) throws InterruptedException {
                        return condition.awaitNanos(nanos);
                    }
                };

        /** Monotonic time. */
        long nanos();

        /** As {@link Condition#awaitNanos}. */
        long await(Condition condition, long nanos) throws InterruptedException;
    }

    /** What a task may have besides its step. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Step step;
        private final FailureHandler onFailure;
        private Thread.Builder threads = Thread.ofVirtual();
        private Duration initialDelay = Duration.ZERO;
        private Duration minGap = Duration.ZERO;
        private Runnable farewell = () -> {};
        private Clock clock = Clock.SYSTEM;

        private Builder(String name, Step step, FailureHandler onFailure) {
            this.name = requireNonNull(name, "name is null");
            this.step = requireNonNull(step, "step is null");
            this.onFailure = requireNonNull(onFailure, "onFailure is null");
        }

        /** Puts the first step off. */
        public Builder initialDelay(Duration delay) {
            initialDelay = delay;
            return this;
        }

        /** A wake-up before so much time has passed since the last step waits for it. */
        public Builder minGap(Duration gap) {
            minGap = gap;
            return this;
        }

        /** What runs once after the last step, on the same thread. */
        public Builder farewell(Runnable last) {
            farewell = last;
            return this;
        }

        /** A daemon thread of the platform: for native work, or to run when no carrier is free. */
        public Builder platformThread() {
            threads = Thread.ofPlatform().daemon();
            return this;
        }

        Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /** The task, not started. */
        public RecurringTask build() {
            return new RecurringTask(this);
        }
    }
}
