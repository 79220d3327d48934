package io.tradingecosystem.audit.peer;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tradingecosystem.audit.logging.TraceContext;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Passes the trace on that the current thread works for, as a new span of it; starts one where
 * there is none. Thread-safe if the generator is.
 */
final class TracePropagation implements ClientInterceptor {
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final RandomGenerator random;

    TracePropagation(RandomGenerator random) {
        this.random = random;
    }

    /** The value of the header for one call. */
    String traceparent() {
        return TraceContext.current().orElseGet(this::fresh).child(random).traceparent();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        String traceparent = traceparent();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(TRACEPARENT, traceparent);
                super.start(listener, headers);
            }
        };
    }

    /** A trace that nobody records; the all-zero id is not allowed. */
    private TraceContext fresh() {
        HexFormat hex = HexFormat.of();
        String traceId =
                hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
        return new TraceContext(traceId, hex.toHexDigits(1L), false);
    }
}
