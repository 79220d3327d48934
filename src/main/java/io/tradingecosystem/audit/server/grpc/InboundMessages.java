package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;

import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tradingecosystem.audit.server.connection.InboundMemory;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a call while a message of it is still coming that is over the bound, or for which there is
 * no memory beside the messages of other calls, long before all of it is here. The thread of the
 * transport measures; a piece of a message costs an addition on two counters.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code MessageDeframer}, has no bound for the messages of all
 * calls, and its bound for one says no more than that the stream was reset. Shown by: {@code
 * OkHttpFaultsTest.shouldResetTheStreamOfAMessageOverTheLimitWithoutAWord}. Held by: {@code
 * GrpcAttackTest.shouldRefuseMessagesThatDoNotFitBesideOthersUntilThoseAreDone}. Look again:
 * grpc-okhttp 1.80.
 */
final class InboundMessages extends ServerStreamTracer.Factory implements ServerInterceptor {
    private static final int RETRY_SECONDS = 1;
    private static final Context.Key<Meter> METER = Context.key("message-meter");

    private final int max;
    private final InboundMemory memory;

    /**
     * @param max bytes of one message
     * @param memory for the messages of all calls
     */
    InboundMessages(int max, InboundMemory memory) {
        this.max = max;
        this.memory = memory;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        CallTimeouts.check(headers);
        return new Meter();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Meter meter = METER.get();
        meter.call.set(call);
        return new Metered<>(next.startCall(call, headers), meter, call);
    }

    private StatusRuntimeException full() {
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                        .setMessage(
                                "The messages of all calls take more memory than"
                                        + " server.grpc.max-inbound-memory, "
                                        + memory.max()
                                        + " bytes; try again later.")
                        .addDetails(
                                Any.pack(
                                        RetryInfo.newBuilder()
                                                .setRetryDelay(
                                                        Duration.newBuilder()
                                                                .setSeconds(RETRY_SECONDS))
                                                .build()))
                        .build());
    }

    /** Measures the messages of one call; the transport calls it from one thread at a time. */
    private final class Meter extends ServerStreamTracer {
        private final AtomicReference<ServerCall<?, ?>> call = new AtomicReference<>();
        private final InboundMemory.Share share = memory.share(() -> end(full()));
        private volatile boolean compressed;

        @Override
        public Context filterContext(Context context) {
            return context.withValue(METER, this);
        }

        @Override
        public void inboundMessage(int number) {
            share.begin();
        }

        @Override
        public void inboundWireSize(long bytes) {
            if (share.receive(bytes) > max) {
                end(BoundedMessages.tooLarge(max));
            }
        }

        @Override
        public void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
            compressed = uncompressedSize < 0;
            share.received(compressed ? 0 : uncompressedSize);
        }

        /** Of a compressed message, from the thread that reads it for the service. */
        @Override
        public void inboundUncompressedSize(long bytes) {
            if (compressed && !share.require(bytes)) {
                throw full();
            }
        }

        @Override
        public void streamClosed(Status status) {
            if (call.get() == null) {
                share.close();
            }
        }

        private void end(StatusRuntimeException failure) {
            ServerCall<?, ?> open = call.get();
            if (open != null) {
                Metadata trailers = failure.getTrailers();
                // The thread of the transport must not wait for what closing runs into.
                Thread.startVirtualThread(
                        () ->
                                open.close(
                                        failure.getStatus(),
                                        trailers == null ? new Metadata() : trailers));
            }
        }
    }

    /** Gives memory back when a message has been worked on; a unary one is when all was sent. */
    private static final class Metered<Q> extends SimpleForwardingServerCallListener<Q> {
        private final InboundMemory.Share share;
        private final boolean unary;

        Metered(ServerCall.Listener<Q> listener, Meter meter, ServerCall<Q, ?> call) {
            super(listener);
            this.share = meter.share;
            this.unary = call.getMethodDescriptor().getType().clientSendsOneMessage();
        }

        @Override
        public void onMessage(Q message) {
            try {
                super.onMessage(message);
            } finally {
                if (!unary) {
                    share.done();
                }
            }
        }

        @Override
        public void onHalfClose() {
            try {
                super.onHalfClose();
            } finally {
                share.done();
            }
        }

        @Override
        public void onCancel() {
            try {
                super.onCancel();
            } finally {
                share.close();
            }
        }

        @Override
        public void onComplete() {
            try {
                super.onComplete();
            } finally {
                share.close();
            }
        }
    }
}
