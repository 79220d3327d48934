package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Context;
import io.grpc.InternalServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.tradingecosystem.audit.server.grpc.GrpcCalls;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Goes around every call of the Helidon engine and adds what a gRPC server is expected to do:
 * deadlines (on the thread {@code grpc-deadlines}), cancellation, metrics, a status whatever
 * happens, and an orderly end. A call costs a lock at its start and end. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.init} and {@code GrpcProtocolHandler.data},
 * leave a caller without an answer when a method throws, know no deadlines and cancel no context.
 * Shown by: {@code HelidonGrpcFaultsTest.shouldLeaveACallerWithoutAnAnswerWhenAMethodThrows},
 * {@code HelidonGrpcFaultsTest.shouldNotEndACallWhoseDeadlineHasPassed}. Look again: Helidon 4.6.
 */
final class HelidonCalls implements ServerInterceptor, AutoCloseable {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private final ServerStreamTracer.Factory metrics;
    private final Server described;
    private final long backlog;
    private final ScheduledThreadPoolExecutor timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<HelidonCall<?, ?>> inFlight = new HashSet<>();
    private boolean refusing;

    /**
     * @param backlog the maximum of bytes that a stream may send ahead of its method
     */
    HelidonCalls(GrpcCalls served, long backlog) {
        this.metrics = served.metrics();
        this.described = new DescribedServer(served.services());
        this.backlog = backlog;
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("grpc-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> raw, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = raw.getMethodDescriptor().getFullMethodName();
        boolean one = raw.getMethodDescriptor().getType().clientSendsOneMessage();
        Context base = Context.current().withValue(InternalServer.SERVER_CONTEXT_KEY, described);
        String timeout = headers.get(TIMEOUT);
        Context.CancellableContext context =
                timeout == null
                        ? base.withCancellation()
                        : base.withDeadlineAfter(
                                GrpcTimeout.nanos(timeout), TimeUnit.NANOSECONDS, timer);
        Inbox<Q> inbox = new Inbox<>(one ? Long.MAX_VALUE : backlog);
        HelidonCall<Q, A> call =
                new HelidonCall<>(
                        raw,
                        context,
                        metrics.newServerStreamTracer(method, headers),
                        one ? raw::request : inbox::request,
                        this::ended);
        context.addListener(
                cause -> {
                    if (cause.cancellationCause() instanceof TimeoutException) {
                        Thread.startVirtualThread(call::expire);
                    }
                },
                Runnable::run);
        if (!admitted(call)) {
            call.close(goingAway(), new Metadata());
            return new HelidonListener<>(new ServerCall.Listener<>() {}, call, context);
        }
        Context previous = context.attach();
        ServerCall.Listener<Q> target;
        try {
            target = next.startCall(call, headers);
        } finally {
            context.detach(previous);
        }
        return one
                ? new HelidonListener<>(target, call, context)
                : new HelidonStreamListener<>(target, call, context, inbox, raw);
    }

    private static Status goingAway() {
        return Status.UNAVAILABLE.withDescription("The service is going away.");
    }

    private boolean admitted(HelidonCall<?, ?> call) {
        lock.lock();
        try {
            return !refusing && inFlight.add(call);
        } finally {
            lock.unlock();
        }
    }

    private void ended(HelidonCall<?, ?> call) {
        lock.lock();
        try {
            inFlight.remove(call);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void refuse() {
        lock.lock();
        try {
            refusing = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no call is left; false if some are when the time is over. */
    boolean awaitNone(Duration grace) throws InterruptedException {
        lock.lock();
        try {
            long left = grace.toNanos();
            while (!inFlight.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return inFlight.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Helidon does not tell the calls of a connection that it is gone. */
    void connectionLost(SocketAddress peer) {
        snapshot().stream().filter(call -> call.isFrom(peer)).forEach(HelidonCall::cancel);
    }

    void cancelAll() {
        snapshot().forEach(HelidonCall::cancel);
    }

    private Set<HelidonCall<?, ?>> snapshot() {
        lock.lock();
        try {
            return Set.copyOf(inFlight);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
