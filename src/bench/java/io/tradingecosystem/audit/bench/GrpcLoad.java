package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Callers of gRPC's health service that each call again when they have the last answer, all on one
 * connection and on the one thread of the client, which so takes little of the machine.
 */
final class GrpcLoad {
    private static final HealthCheckRequest REQUEST = HealthCheckRequest.getDefaultInstance();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Metadata headers;
    private final long roundNanos;

    /**
     * @param headers of each call
     * @param roundNanos how long a round takes
     */
    GrpcLoad(Metadata headers, long roundNanos) {
        this.headers = headers;
        this.roundNanos = roundNanos;
    }

    /**
     * What one round has measured.
     *
     * @param serverMicros the CPU time of the process without the client's thread, for each call
     */
    record Round(double perSecond, double p99Micros, double serverMicros) {}

    /** So many calls in flight, on one connection, for one round. */
    Round run(int inFlight, int port) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .directExecutor()
                        .build();
        try {
            HealthGrpc.HealthStub health =
                    HealthGrpc.newStub(channel)
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
            long client = clientThread(health);
            long start = System.nanoTime();
            long clientCpu = THREADS.getThreadCpuTime(client);
            long cpu = PROCESS.getProcessCpuTime();
            List<Caller> callers =
                    Stream.generate(() -> new Caller(health, start, roundNanos))
                            .limit(inFlight)
                            .toList();
            callers.forEach(Caller::call);
            long[] times = new long[0];
            for (Caller caller : callers) {
                long[] some = caller.times();
                int have = times.length;
                times = Arrays.copyOf(times, have + some.length);
                System.arraycopy(some, 0, times, have, some.length);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double serverNanos =
                    PROCESS.getProcessCpuTime()
                            - cpu
                            - (THREADS.getThreadCpuTime(client) - clientCpu);
            Arrays.sort(times);
            return new Round(
                    times.length / seconds,
                    times[times.length * 99 / 100] / 1e3,
                    serverNanos / 1e3 / times.length);
        } finally {
            channel.shutdownNow();
        }
    }

    /** The one thread on which a channel reads all its answers. */
    private static long clientThread(HealthGrpc.HealthStub health) throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        health.check(
                REQUEST,
                new StreamObserver<HealthCheckResponse>() {
                    @Override
                    public void onNext(HealthCheckResponse answer) {
                        thread.complete(Thread.currentThread().threadId());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        thread.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        return thread.get(30, TimeUnit.SECONDS);
    }

    /** Calls again when it has its answer, on the thread that read it. */
    private static final class Caller implements StreamObserver<HealthCheckResponse> {
        private final HealthGrpc.HealthStub health;
        private final long start;
        private final long roundNanos;
        private final CompletableFuture<Integer> done = new CompletableFuture<>();
        private long[] times = new long[1024];
        private int count;
        private long before;

        Caller(HealthGrpc.HealthStub health, long start, long roundNanos) {
            this.health = health;
            this.start = start;
            this.roundNanos = roundNanos;
        }

        void call() {
            before = System.nanoTime();
            health.check(REQUEST, this);
        }

        /** How long each call took, once the round is over. */
        long[] times() throws Exception {
            return Arrays.copyOf(times, done.get(30, TimeUnit.SECONDS));
        }

        @Override
        public void onNext(HealthCheckResponse answer) {
            if (answer.getStatus() != HealthCheckResponse.ServingStatus.SERVING) {
                done.completeExceptionally(new IllegalStateException("not serving: " + answer));
            }
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            long now = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = now - before;
            if (now - start < roundNanos) {
                call();
            } else {
                done.complete(count);
            }
        }
    }
}
