package io.tradingecosystem.audit.server.http.connect;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A call as a method of gRPC sees it: what it answers, on whichever thread, waits here for the
 * thread of the request to write it. It is ready for more while few answers wait. Thread-safe.
 */
final class ConnectCall<Q, A> extends ServerCall<Q, A> {
    private static final int FEW = 4;

    private final MethodDescriptor<Q, A> method;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<A> answers = new ArrayDeque<>();
    private Metadata headers = new Metadata();
    private Optional<Ending> ending = Optional.empty();
    private boolean cancelled;

    /** How a method ends. */
    record Ending(Status status, Metadata trailers) {}

    /** What comes next. */
    sealed interface Next<A> {
        /** An answer. */
        record Answer<A>(A message) implements Next<A> {}

        /** The method is done. */
        record End<A>(Ending ending) implements Next<A> {}

        /** The caller has gone. */
        record Gone<A>() implements Next<A> {}

        /** The caller's time is over. */
        record Late<A>() implements Next<A> {}
    }

    ConnectCall(MethodDescriptor<Q, A> method) {
        this.method = method;
    }

    /** Waits for what comes next, up to a time of {@link System#nanoTime()}. */
    Next<A> next(long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (answers.isEmpty() && ending.isEmpty() && !cancelled) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return new Next.Late<>();
                }
                long unused = changed.awaitNanos(left);
            }
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private Next<A> taken() {
        if (cancelled) {
            return new Next.Gone<>();
        }
        A answer = answers.poll();
        if (answer != null) {
            return new Next.Answer<>(answer);
        }
        return new Next.End<>(ending.orElseThrow());
    }

    /** Nobody waits for answers any more. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            answers.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the method said before its first answer. */
    Metadata headers() {
        lock.lock();
        try {
            return headers;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void request(int count) {
        // There is one message, which comes in any case.
    }

    @Override
    public void sendHeaders(Metadata sent) {
        lock.lock();
        try {
            headers = sent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sendMessage(A message) {
        lock.lock();
        try {
            if (ending.isEmpty() && !cancelled) {
                answers.add(message);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        lock.lock();
        try {
            if (ending.isEmpty()) {
                ending = Optional.of(new Ending(status, trailers));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isReady() {
        lock.lock();
        try {
            return !cancelled && ending.isEmpty() && answers.size() < FEW;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
        return method;
    }
}
