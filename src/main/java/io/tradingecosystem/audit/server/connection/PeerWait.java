package io.tradingecosystem.audit.server.connection;

import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wait for a peer, of one thread at a time, that somebody else can end. Whoever interrupts a
 * thread that waits in a channel closes that channel, also where closing the socket would wait for
 * the lock of its TLS; the JDK has no other way to end such a wait at once. A wait costs two
 * uncontended locks. Thread-safe.
 *
 * <p>Fault: that of {@link BoundedConnection}.
 */
final class PeerWait {
    private final ReentrantLock lock = new ReentrantLock();
    private Thread thread = Thread.currentThread();
    private boolean waits;
    private boolean over;
    private boolean idle;
    private long since;
    private long deadline;

    /** The calling thread waits from now on. */
    void begin(long until) {
        begin(until, false, 0);
    }

    /** The same for something that nobody misses, since a time. */
    void beginIdle(long from, long until) {
        begin(until, true, from);
    }

    private void begin(long until, boolean nobodyMisses, long from) {
        lock.lock();
        try {
            thread = Thread.currentThread();
            deadline = until;
            idle = nobodyMisses;
            since = from;
            waits = true;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread waits no longer; true if its time was over. */
    boolean end() {
        lock.lock();
        try {
            boolean ended = over;
            waits = false;
            over = false;
            if (ended) {
                // The interrupt was meant for the wait alone.
                Thread.interrupted();
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait if its time is over; true if this call did it. */
    boolean expire(long now) {
        lock.lock();
        try {
            boolean late = waits && !over && now - deadline > 0;
            if (late) {
                interrupt();
            }
            return late;
        } finally {
            lock.unlock();
        }
    }

    /** Since when the wait is for something that nobody misses; empty if it is not. */
    OptionalLong idleSince() {
        lock.lock();
        try {
            return isIdle() ? OptionalLong.of(since) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait if nobody misses what it is for; true if this call did it. */
    boolean cutIdle() {
        lock.lock();
        try {
            boolean cut = isIdle();
            if (cut) {
                interrupt();
            }
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        return waits && !over && idle;
    }

    /** Ends the wait, if there is one. */
    void cut() {
        lock.lock();
        try {
            if (waits && !over) {
                interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        over = true;
        thread.interrupt();
    }
}
