package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.KnownLength;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Messages that wait for their method to ask for them, up to a number of bytes. Helidon's thread of
 * the stream adds, the thread {@code grpc-stream} takes. A {@code LinkedBlockingQueue} would bound
 * their number, not their bytes. Thread-safe.
 *
 * <p>Fault: that of {@link HelidonStreamListener}.
 */
final class Inbox<Q> {
    /** What a message costs beside its bytes, about. */
    private static final int OVERHEAD = 64;

    private final long max;
    private final Queue<Q> messages = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long size;
    private long wanted;
    private boolean ended;
    private boolean closed;

    Inbox(long max) {
        this.max = max;
    }

    /** The method wants more. */
    void request(int count) {
        update(() -> wanted += count);
    }

    /** False if there is no room. The first message always has. */
    boolean add(Q message) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            int cost = cost(message);
            if (!messages.isEmpty() && size + cost > max) {
                return false;
            }
            size += cost;
            messages.add(message);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** There will be no more messages. */
    void end() {
        update(() -> ended = true);
    }

    /** Nobody wants what is left. */
    void close() {
        update(
                () -> {
                    closed = true;
                    messages.clear();
                });
    }

    /** Delivers what comes until the end, on this thread. */
    void empty(Consumer<Q> method, Runnable atEnd) {
        for (Q next = take(); next != null; next = take()) {
            method.accept(next);
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        atEnd.run();
    }

    /** The next message that is wanted; null if none will come. */
    private @Nullable Q take() {
        lock.lock();
        try {
            while (!closed && !(ended && messages.isEmpty())) {
                if (wanted > 0 && !messages.isEmpty()) {
                    wanted--;
                    Q next = messages.remove();
                    size -= cost(next);
                    return next;
                }
                changed.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int cost(Object message) {
        try {
            return message instanceof InputStream in && message instanceof KnownLength
                    ? in.available() + OVERHEAD
                    : OVERHEAD;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
