package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Signal;

import java.time.Duration;
import java.util.Optional;

/** The end of the log, where it is noted, and those who wait for it to move. Thread-safe. */
final class HighWaterMark {
    private final Signal moved = new Signal();
    private final Optional<HighWaterMarkFile> file;
    private volatile long position;
    private volatile boolean closed;

    /**
     * @param file where it is noted, if all of the log is always on disk
     */
    HighWaterMark(long position, Optional<HighWaterMarkFile> file) {
        this.position = position;
        this.file = file;
    }

    long position() {
        return position;
    }

    /** Only by the thread that writes. */
    void moveTo(long last) {
        position = last;
        file.ifPresent(note -> note.note(last));
        moved.raise();
    }

    boolean await(long after, Duration timeout) throws InterruptedException {
        moved.await(() -> position > after || closed, timeout);
        return position > after && !closed;
    }

    /** Nothing is written any more. */
    void close() {
        closed = true;
        file.ifPresent(
                note -> {
                    note.noteClosed(position);
                    note.close();
                });
        moved.raise();
    }
}
