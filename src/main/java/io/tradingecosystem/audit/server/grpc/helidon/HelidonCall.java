package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.tradingecosystem.audit.common.Threads;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A call of the Helidon engine that ends once: by an answer, a failure, its deadline or the caller.
 * The threads of the stream, of the method and of the timer use it. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.createServerCall}, gives a call that is not
 * thread-safe, can be closed twice, and mishandles a close before its listener is there. Held by:
 * {@code GrpcCallSuite.shouldHonourDeadlinesAndCancelTheWork}, {@code
 * GrpcCallSuite.shouldFailAUnaryMethodThatDoesNotAnswer}. Look again: Helidon 4.6.
 */
final class HelidonCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Context.CancellableContext context;
    private final ServerStreamTracer tracer;
    private final IntConsumer requests;
    private final Consumer<HelidonCall<?, ?>> onEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean cancelled;

    /** Held while writing. A reader that stalls may hold it for long, so cancelling does not. */
    private final ReentrantLock writing = new ReentrantLock();

    private boolean started;
    private @Nullable Runnable early;
    private int sent;
    private int received;

    HelidonCall(
            ServerCall<Q, A> call,
            Context.CancellableContext context,
            ServerStreamTracer tracer,
            IntConsumer requests,
            Consumer<HelidonCall<?, ?>> onEnd) {
        super(call);
        this.context = context;
        this.tracer = tracer;
        this.requests = requests;
        this.onEnd = onEnd;
    }

    boolean isFrom(SocketAddress peer) {
        return peer.equals(getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    /** Helidon is ready. It mishandles a close before that, which is therefore kept until now. */
    void start() {
        writing.lock();
        try {
            started = true;
            if (early != null) {
                early.run();
            }
        } finally {
            writing.unlock();
        }
    }

    void received(Object message) {
        tracer.inboundMessage(received);
        tracer.inboundUncompressedSize(size(message));
        received++;
    }

    @Override
    public void request(int count) {
        requests.accept(count);
    }

    @Override
    public void sendHeaders(Metadata headers) {
        write(() -> super.sendHeaders(headers));
    }

    @Override
    public void sendMessage(A message) {
        write(
                () -> {
                    tracer.outboundMessage(sent);
                    tracer.outboundUncompressedSize(size(message));
                    sent++;
                    super.sendMessage(message);
                });
    }

    private void write(Runnable write) {
        writing.lock();
        try {
            if (!over.get()) {
                write.run();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        writing.lock();
        try {
            Runnable last = () -> closeNow(status, trailers);
            if (started) {
                last.run();
            } else {
                early = last;
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeNow(Status status, Metadata trailers) {
        try {
            super.close(StatusText.encoded(status), trailers);
        } finally {
            end(status);
        }
    }

    /** The deadline has passed. */
    void expire() {
        cancelled = true;
        close(
                Status.DEADLINE_EXCEEDED.withDescription("The deadline passed while we worked."),
                new Metadata());
    }

    /** The caller has gone; false if the call was over. */
    boolean cancel() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            cancelled = true;
            end(Status.CANCELLED);
        }
        return first;
    }

    private void end(Status status) {
        tracer.streamClosed(status);
        context.cancel(null);
        ended.countDown();
        onEnd.accept(this);
    }

    @Override
    public boolean isCancelled() {
        return cancelled || super.isCancelled();
    }

    /** Keeps Helidon's thread of the stream until the call is over, as it ends with it only. */
    void awaitEnd() {
        Threads.untilInterrupted(ended::await);
    }

    private static int size(Object message) {
        try {
            return message instanceof KnownLength known ? known.available() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
