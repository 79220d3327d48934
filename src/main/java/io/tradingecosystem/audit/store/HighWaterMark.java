package io.tradingecosystem.audit.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The end of the log, and those who wait for it to move. Thread-safe. */
final class HighWaterMark {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long position;
    private volatile boolean closed;

    HighWaterMark(long position) {
        this.position = position;
    }

    long position() {
        return position;
    }

    void moveTo(long last) {
        lock.lock();
        try {
            position = last;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean await(long after, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (position <= after && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return position > after && !closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
