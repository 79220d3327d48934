package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.logging.TraceContext;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens to every call, whatever its method: the caller's trace, every failure reported as a
 * status with the same meaning as over HTTP, a bound on the calls that run at once, and calls
 * without an end ended when the listener closes. Runs on the thread of each call. Thread-safe.
 */
final class GrpcCallFilter implements ServerInterceptor {
    private static final EventLogger LOG = EventLogger.of(GrpcCallFilter.class);
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> ENDLESS =
            Set.of(
                    "grpc.health.v1.Health/Watch",
                    "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                    "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

    private final Problems problems;
    private final Semaphore room;
    private final int maxCalls;
    private final Set<FilteredCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /**
     * @param maxCalls how many calls may run at once, over all connections
     */
    GrpcCallFilter(Problems problems, int maxCalls) {
        this.problems = problems;
        this.maxCalls = maxCalls;
        this.room = new Semaphore(maxCalls);
    }

    /** Ends the calls that would go on for ever, those that are just coming in as well. */
    void endEndless() {
        ending = true;
        open.stream().filter(FilteredCall::isEndless).forEach(FilteredCall::leave);
    }

    /** Ends all calls; their callers may go on elsewhere. */
    void endAll() {
        open.forEach(FilteredCall::leave);
    }

    static Status goingAway() {
        return Status.UNAVAILABLE.withDescription("The service is going away.");
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        FilteredCall<Q, A> filtered = new FilteredCall<>(call);
        Optional<Status> malformed = CallTimeouts.failure(headers);
        if (malformed.isPresent()) {
            filtered.close(malformed.get(), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (!room.tryAcquire()) {
            filtered.fail(full());
            return new ServerCall.Listener<>() {};
        }
        open.add(filtered);
        Optional<TraceContext> trace =
                Optional.ofNullable(headers.get(TRACEPARENT)).flatMap(TraceContext::parse);
        ServerCall.Listener<Q> listener;
        try {
            listener =
                    Contexts.interceptCall(
                            PeerAddress.context(call),
                            filtered,
                            headers,
                            (c, h) -> next.startCall(c, h));
        } catch (RuntimeException | Error e) {
            filtered.fail(e);
            listener = new ServerCall.Listener<>() {};
        }
        if (ending && filtered.isEndless()) {
            filtered.leave();
        }
        return new FilteredListener<>(listener, filtered, trace);
    }

    private StatusRuntimeException full() {
        return Status.RESOURCE_EXHAUSTED
                .withDescription(
                        "As many calls run as server.grpc.max-concurrent-calls allows, "
                                + maxCalls
                                + "; try again later.")
                .asRuntimeException();
    }

    private StatusRuntimeException reported(Throwable failure, String method) {
        if (failure.getCause() instanceof InvalidProtocolBufferException unreadable) {
            return Status.INVALID_ARGUMENT
                    .withDescription(
                            "The message cannot be parsed: "
                                    + Objects.requireNonNullElse(
                                            unreadable.getMessage(), "it ends too early"))
                    .asRuntimeException();
        }
        if (failure instanceof StatusRuntimeException status) {
            return status;
        }
        if (failure instanceof StatusException status) {
            return new StatusRuntimeException(status.getStatus(), status.getTrailers());
        }
        Optional<Problem> problem = problems.find(failure);
        if (problem.isPresent()) {
            return GrpcProblems.status(problem.get());
        }
        String id = UUID.randomUUID().toString();
        LOG.error("grpc.call.failed", failure, "error_id", id, "method", method);
        return Status.INTERNAL
                .withDescription("An error of ours; the log tells more under this id: " + id)
                .asRuntimeException();
    }

    /** Closes once only, and tells what a service gave as the cause of an unknown failure. */
    private final class FilteredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile boolean answering;

        FilteredCall(ServerCall<Q, A> call) {
            super(call);
        }

        boolean isEndless() {
            return ENDLESS.contains(getMethodDescriptor().getFullMethodName());
        }

        void leave() {
            close(goingAway(), new Metadata());
        }

        /** A unary method blocks until it has answered; if it has not, nobody will. */
        void requireAnswer() {
            boolean unary = getMethodDescriptor().getType() == MethodType.UNARY;
            if (unary && !closed.get() && !isCancelled()) {
                fail(new IllegalStateException("the method returned without an answer"));
            }
        }

        void fail(Throwable failure) {
            String method = getMethodDescriptor().getFullMethodName();
            if (closed.get()) {
                // As a rule, that the service answers a call that was refused meanwhile.
                LOG.debug("grpc.call.failed.late", "method", method, "reason", failure);
                return;
            }
            StatusRuntimeException status = reported(failure, method);
            Metadata trailers = status.getTrailers();
            closeOnce(midway(status.getStatus()), trailers == null ? new Metadata() : trailers);
        }

        /**
         * Who has part of an answer must not take it for the whole, nor ask for that part again.
         */
        private Status midway(Status status) {
            return answering && status.getCode() == Status.Code.INTERNAL
                    ? Status.DATA_LOSS.withDescription(status.getDescription())
                    : status;
        }

        @Override
        public void sendMessage(A message) {
            answering = true;
            super.sendMessage(message);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Throwable cause = status.getCause();
            if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
                fail(cause);
            } else {
                closeOnce(status, trailers);
            }
        }

        private void closeOnce(Status status, Metadata trailers) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            open.remove(this);
            super.close(status, trailers);
        }
    }

    private final class FilteredListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final FilteredCall<Q, A> call;
        private final Optional<TraceContext> trace;
        private final AtomicBoolean ended = new AtomicBoolean();

        FilteredListener(
                ServerCall.Listener<Q> listener,
                FilteredCall<Q, A> call,
                Optional<TraceContext> trace) {
            super(listener);
            this.call = call;
            this.trace = trace;
        }

        @Override
        public void onMessage(Q message) {
            run(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            run(
                    () -> {
                        super.onHalfClose();
                        call.requireAnswer();
                    });
        }

        @Override
        public void onReady() {
            run(super::onReady);
        }

        @Override
        public void onCancel() {
            run(super::onCancel);
            leave();
        }

        @Override
        public void onComplete() {
            run(super::onComplete);
            leave();
        }

        /** One of the last two comes in any case. */
        private void leave() {
            if (ended.compareAndSet(false, true)) {
                open.remove(call);
                room.release();
            }
        }

        private void run(Runnable step) {
            TraceContext.run(
                    trace,
                    () -> {
                        try {
                            step.run();
                        } catch (RuntimeException | Error e) {
                            call.fail(e);
                        }
                    });
        }
    }
}
