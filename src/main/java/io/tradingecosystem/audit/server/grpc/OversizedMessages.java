package io.tradingecosystem.audit.server.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.StatusRuntimeException;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a call while a message over the bound is still coming, long before all of it is in memory.
 * The bound of the transport itself says no more than that the stream was reset.
 */
final class OversizedMessages extends ServerStreamTracer.Factory implements ServerInterceptor {
    private static final Context.Key<Meter> METER = Context.key("message-meter");

    private final int most;

    OversizedMessages(int most) {
        this.most = most;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new Meter();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        METER.get().call.set(call);
        return next.startCall(call, headers);
    }

    /** Measures the messages of one call; the transport calls it from one thread at a time. */
    private final class Meter extends ServerStreamTracer {
        private final AtomicReference<ServerCall<?, ?>> call = new AtomicReference<>();
        private long size;

        @Override
        public Context filterContext(Context context) {
            return context.withValue(METER, this);
        }

        @Override
        public void inboundMessage(int number) {
            size = 0;
        }

        @Override
        public void inboundWireSize(long bytes) {
            size += bytes;
            if (size > most) {
                ServerCall<?, ?> oversized = call.getAndSet(null);
                if (oversized != null) {
                    // The thread of the transport must not wait for what closing runs into.
                    Thread.startVirtualThread(() -> end(oversized));
                }
            }
        }

        private void end(ServerCall<?, ?> oversized) {
            StatusRuntimeException failure = BoundedMessages.tooLarge(most);
            oversized.close(failure.getStatus(), new Metadata());
        }
    }
}
