package io.tradingecosystem.audit.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Timer;
import io.tradingecosystem.audit.monitoring.Meters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What is measured of every call, under the names that gRPC's own middlewares use. A method that
 * does not exist is {@code unknown}: its name was the caller's idea.
 */
public final class GrpcMetrics extends ServerStreamTracer.Factory {
    private static final Duration[] BUCKETS =
            Meters.millis(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    private static final String UNKNOWN = "unknown/unknown";
    private static final List<String> METHOD = List.of("grpc_service", "grpc_method");
    private static final List<String> METHOD_AND_CODE =
            List.of("grpc_service", "grpc_method", "grpc_code");

    private final LongSupplier ticker;
    private final Set<String> methods;
    private final Map<String, Method> known = new ConcurrentHashMap<>();
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

    public long inFlight() {
        return inFlight.get();
    }

    public long calls() {
        return calls.sum();
    }

    public long errors() {
        return errors.sum();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Call(method(methods.contains(fullMethodName) ? fullMethodName : UNKNOWN));
    }

    private Method method(String fullMethodName) {
        Method method = known.get(fullMethodName);
        return method != null ? method : known.computeIfAbsent(fullMethodName, this::named);
    }

    private Method named(String fullMethodName) {
        int slash = fullMethodName.lastIndexOf('/');
        return new Method(fullMethodName.substring(0, slash), fullMethodName.substring(slash + 1));
    }

    /** The meters of a method, so that a call does not look them up by their labels. */
    private final class Method {
        private final String service;
        private final String name;
        private final Counter callsStarted;
        private final Counter messagesReceived;
        private final Counter bytesReceived;
        private final Counter messagesSent;
        private final Counter bytesSent;
        private final Map<Status.Code, Ended> ended = new ConcurrentHashMap<>();

        Method(String service, String name) {
            this.service = service;
            this.name = name;
            this.callsStarted = started.of(service, name);
            this.messagesReceived = received.of(service, name);
            this.bytesReceived = receivedBytes.of(service, name);
            this.messagesSent = sent.of(service, name);
            this.bytesSent = sentBytes.of(service, name);
        }

        Ended ended(Status.Code code) {
            Ended known = ended.get(code);
            return known != null ? known : ended.computeIfAbsent(code, this::endedWith);
        }

        private Ended endedWith(Status.Code code) {
            return new Ended(
                    handled.of(service, name, code.name()), times.of(service, name, code.name()));
        }
    }

    /** The meters of a method's calls that ended with one code. */
    private record Ended(Counter calls, Timer times) {}

    private final class Call extends ServerStreamTracer {
        private final Method method;
        private final long start = ticker.getAsLong();

        Call(Method method) {
            this.method = method;
            inFlight.incrementAndGet();
            calls.increment();
            method.callsStarted.increment();
        }

        @Override
        public void inboundMessage(int number) {
            method.messagesReceived.increment();
        }

        @Override
        public void inboundUncompressedSize(long bytes) {
            method.bytesReceived.increment(bytes);
        }

        @Override
        public void outboundMessage(int number) {
            method.messagesSent.increment();
        }

        @Override
        public void outboundUncompressedSize(long bytes) {
            method.bytesSent.increment(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            inFlight.decrementAndGet();
            if (!status.isOk()) {
                errors.increment();
            }
            Ended ended = method.ended(status.getCode());
            ended.calls().increment();
            ended.times().record(ticker.getAsLong() - start, TimeUnit.NANOSECONDS);
        }
    }
}
