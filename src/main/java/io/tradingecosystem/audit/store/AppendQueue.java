package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What callers brought and the disk has not got yet, bounded by events and by bytes; a batch that
 * is larger than the bounds gets in when it is alone. Thread-safe.
 */
final class AppendQueue {
    /** A group that is larger takes longer than callers would like to wait. */
    private static final int GROUP_EVENTS = 8_192;

    private static final long GROUP_SIZE = 8L << 20;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final int maxEvents;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Append> waiting = new ArrayDeque<>();
    private int events;
    private long bytes;
    private Duration pace = SOON;
    private boolean closed;

    AppendQueue(StoreSettings settings) {
        maxEvents = settings.queueEvents();
        maxBytes = settings.queueSize();
    }

    /**
     * Refuses a batch before any work goes into it.
     *
     * @throws LogBusyException if it would not get in
     */
    void requireRoom(int more) {
        lock.lock();
        try {
            if (events > 0 && events + more > maxEvents) {
                throw busy(events + " events wait to be written", maxEvents + " may");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a batch.
     *
     * @throws LogBusyException if there is no room for it
     * @throws LogUnavailableException if the queue is closed
     */
    void add(Append append) {
        lock.lock();
        try {
            if (closed) {
                throw new LogUnavailableException("the log is closed");
            }
            requireRoom(append.fresh());
            if (bytes > 0 && bytes + append.plan().records().size() > maxBytes) {
                throw busy(bytes + " bytes wait to be written", maxBytes + " may");
            }
            events += append.fresh();
            bytes += append.plan().records().size();
            waiting.add(append);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for batches and takes as many as one write should have; empty when closed and done. */
    List<Append> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            List<Append> group = new ArrayList<>();
            int count = 0;
            long size = 0;
            while (!waiting.isEmpty()) {
                Append next = waiting.getFirst();
                count += next.fresh();
                size += next.plan().records().size();
                if (!group.isEmpty() && (count > GROUP_EVENTS || size > GROUP_SIZE)) {
                    break;
                }
                group.add(waiting.removeFirst());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for as much as the batches took; they have their answers. */
    void done(List<Append> group, Duration took) {
        lock.lock();
        try {
            for (Append append : group) {
                events -= append.fresh();
                bytes -= append.plan().records().size();
            }
            pace = took;
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything that waits. */
    List<Append> drain() {
        lock.lock();
        try {
            List<Append> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, at most for a time, until the queue is closed; tells whether it is. */
    boolean awaitClosed(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int events() {
        lock.lock();
        try {
            return events;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private LogBusyException busy(String what, String allowed) {
        Duration wait = pace.multipliedBy(1L + events / GROUP_EVENTS);
        wait = wait.compareTo(SOON) < 0 ? SOON : wait;
        wait = wait.compareTo(LATE) > 0 ? LATE : wait;
        return new LogBusyException("the log is busy: " + what + ", " + allowed, wait);
    }
}
