package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes those who wait until something is so. Whoever changes what a condition reads, in a volatile
 * field for instance, raises the signal afterwards, and no waiter misses the change. The monitors
 * of objects hold the carrier of a virtual thread on Java 21. Thread-safe.
 */
public final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();

    /**
     * Waits until a condition holds.
     *
     * @return whether it does; false when the time is over
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            boolean holds = condition.getAsBoolean();
            while (!holds && left > 0) {
                left = raised.awaitNanos(left);
                holds = condition.getAsBoolean();
            }
            return holds;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a condition holds, however long that takes.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public void await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                raised.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all who wait look again. */
    public void raise() {
        lock.lock();
        try {
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
