package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Signal;

import java.time.Duration;

/** The end of the log, and those who wait for it to move. Thread-safe. */
final class HighWaterMark {
    private final Signal moved = new Signal();
    private volatile long position;
    private volatile boolean closed;

    HighWaterMark(long position) {
        this.position = position;
    }

    long position() {
        return position;
    }

    void moveTo(long last) {
        position = last;
        moved.raise();
    }

    boolean await(long after, Duration timeout) throws InterruptedException {
        moved.await(() -> position > after || closed, timeout);
        return position > after && !closed;
    }

    void close() {
        closed = true;
        moved.raise();
    }
}
