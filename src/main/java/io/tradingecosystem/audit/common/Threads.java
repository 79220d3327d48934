package io.tradingecosystem.audit.common;

import java.time.Duration;

/** Waiting for others, for callers that go on in any case: an interrupt stays pending. */
public final class Threads {
    private Threads() {}

    /** Something that may wait. */
    @FunctionalInterface
    public interface Blocking {
        /**
         * Waits.
         *
         * @throws InterruptedException if the waiting thread was interrupted
         */
        void run() throws InterruptedException;
    }

    /** Runs what may wait; false if an interrupt cut it short. */
    public static boolean untilInterrupted(Blocking wait) {
        try {
            wait.run();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for the end of a thread; false if the thread outlived the patience, or an interrupt cut
     * the wait short. A thread that never started has ended.
     */
    public static boolean join(Thread thread, Duration patience) {
        return thread.getState() == Thread.State.NEW
                || (untilInterrupted(() -> thread.join(patience)) && !thread.isAlive());
    }
}
