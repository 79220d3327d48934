package io.tradingecosystem.audit.server;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What is measured of every call, under the names that gRPC's own middlewares use. A method that
 * does not exist is {@code unknown}: its name was the caller's idea.
 */
final class GrpcMetrics extends ServerStreamTracer.Factory {
    private static final Duration[] BUCKETS =
            Stream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);
    private static final List<String> METHOD = List.of("grpc_service", "grpc_method");
    private static final List<String> METHOD_AND_CODE =
            List.of("grpc_service", "grpc_method", "grpc_code");

    private final LongSupplier ticker;
    private final Set<String> methods;
    private final AtomicLong inFlight = new AtomicLong();
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Meters.Counters started;
    private final Meters.Counters handled;
    private final Meters.Timers times;
    private final Meters.Counters received;
    private final Meters.Counters receivedBytes;
    private final Meters.Counters sent;
    private final Meters.Counters sentBytes;

    GrpcMetrics(Meters meters, LongSupplier ticker, Set<String> methods) {
        this.ticker = ticker;
        this.methods = Set.copyOf(methods);
        this.started = meters.counters("grpc_server_started", "Calls that came in", METHOD);
        this.handled = meters.counters("grpc_server_handled", "Calls that ended", METHOD_AND_CODE);
        this.times =
                meters.timers(
                        "grpc_server_handling",
                        "Time from the start of a call to its end",
                        METHOD_AND_CODE,
                        BUCKETS);
        this.received = meters.counters("grpc_server_msg_received", "Messages received", METHOD);
        this.receivedBytes =
                meters.counters(
                        "grpc_server_msg_received_bytes",
                        "Size of messages received, uncompressed",
                        METHOD);
        this.sent = meters.counters("grpc_server_msg_sent", "Messages sent", METHOD);
        this.sentBytes =
                meters.counters(
                        "grpc_server_msg_sent_bytes",
                        "Size of messages sent, uncompressed",
                        METHOD);
        meters.gauge("grpc_server_in_flight", "Calls now", inFlight::get);
    }

    long inFlight() {
        return inFlight.get();
    }

    long calls() {
        return calls.sum();
    }

    long errors() {
        return errors.sum();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        int slash = fullMethodName.lastIndexOf('/');
        boolean known = slash > 0 && methods.contains(fullMethodName);
        return known
                ? new Call(fullMethodName.substring(0, slash), fullMethodName.substring(slash + 1))
                : new Call("unknown", "unknown");
    }

    private final class Call extends ServerStreamTracer {
        private final String service;
        private final String method;
        private final long start = ticker.getAsLong();

        Call(String service, String method) {
            this.service = service;
            this.method = method;
            inFlight.incrementAndGet();
            calls.increment();
            started.increment(service, method);
        }

        @Override
        public void inboundMessage(int number) {
            received.increment(service, method);
        }

        @Override
        public void inboundUncompressedSize(long bytes) {
            receivedBytes.add(bytes, service, method);
        }

        @Override
        public void outboundMessage(int number) {
            sent.increment(service, method);
        }

        @Override
        public void outboundUncompressedSize(long bytes) {
            sentBytes.add(bytes, service, method);
        }

        @Override
        public void streamClosed(Status status) {
            inFlight.decrementAndGet();
            if (!status.isOk()) {
                errors.increment();
            }
            String code = status.getCode().name();
            handled.increment(service, method, code);
            times.record(ticker.getAsLong() - start, service, method, code);
        }
    }
}
