package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A log that fails when a test says so, before it asks the one behind it. Thread-safe. */
public final class FaultyLog implements EventLog {
    private final EventLog behind;
    private final AtomicReference<Supplier<RuntimeException>> fault = new AtomicReference<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger appends = new AtomicInteger();
    private final AtomicLong readUpTo = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stalled;
    private int waiting;

    public FaultyLog(EventLog behind) {
        this.behind = behind;
    }

    /** The next appends say that the queue is full. */
    public void busy(int times) {
        fail(times, () -> new LogBusyException("the queue is full", Duration.ofMillis(20)));
    }

    /** The next appends say that the disk is full. */
    public void unavailable(int times) {
        fail(times, () -> new LogUnavailableException("the disk is full"));
    }

    /** The next appends fail with something of their own. */
    public void fail(int times, Supplier<RuntimeException> failure) {
        fault.set(failure);
        faults.set(times);
    }

    /** From now on appends wait. */
    public void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the waiting appends go on. */
    public void resume() {
        lock.lock();
        try {
            stalled = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many appends wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** The last position that anybody has read. */
    public long readUpTo() {
        return readUpTo.get();
    }

    /** How often append was called. */
    public int appends() {
        return appends.get();
    }

    @Override
    public List<AppendOutcome> append(List<AuditEvent> batch) {
        appends.incrementAndGet();
        awaitResumed();
        if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw fault.get().get();
        }
        return behind.append(batch);
    }

    private void awaitResumed() {
        lock.lock();
        try {
            waiting++;
            while (stalled) {
                changed.awaitUninterruptibly();
            }
            waiting--;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isWritable() {
        boolean failing = faults.get() > 0 && fault.get().get() instanceof LogUnavailableException;
        return !failing && behind.isWritable();
    }

    @Override
    public String id() {
        return behind.id();
    }

    @Override
    public long lastPosition() {
        return behind.lastPosition();
    }

    @Override
    public long firstPosition() {
        return behind.firstPosition();
    }

    @Override
    public List<AuditEvent> read(long after, int limit) {
        List<AuditEvent> events = behind.read(after, limit);
        if (!events.isEmpty()) {
            readUpTo.accumulateAndGet(events.getLast().position(), Math::max);
        }
        return events;
    }

    @Override
    public boolean await(long after, Duration timeout) throws InterruptedException {
        return behind.await(after, timeout);
    }
}
