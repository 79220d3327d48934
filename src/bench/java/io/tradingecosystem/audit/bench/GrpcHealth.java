package io.tradingecosystem.audit.bench;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Unary {@code grpc.health.v1.Health/Check} of the running service against the same service on
 * grpc-java's Netty server on virtual threads, in one process, in turns. One connection; each
 * caller sends a request when it has the last answer, all on the one thread of the client, which so
 * takes little of the machine.
 *
 * <p>Goal at 64 in flight: 1.1 times the requests per second, p99 no worse.
 */
public final class GrpcHealth {
    private static final int[] LEVELS = {1, 8, 64};
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 1_500_000_000L;
    private static final HealthCheckRequest REQUEST = HealthCheckRequest.getDefaultInstance();

    private GrpcHealth() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("server.grpc.engine", arguments.length > 0 ? arguments[0] : "grpc-java");
        properties.put("registry.backend", "in-process");
        Settings settings = Settings.load(Optional.empty(), Map.of(), properties).settings();
        Server netty = netty();
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            int[] levels =
                    arguments.length > 1 ? new int[] {Integer.parseInt(arguments[1])} : LEVELS;
            System.out.println(
                    "in flight   Netty req/s  ours req/s  ratio  p99 Netty us  p99 ours us");
            for (int inFlight : levels) {
                compare(inFlight, netty.getPort(), correlator.grpcPort());
            }
        } finally {
            netty.shutdownNow();
        }
    }

    private static Server netty() throws Exception {
        return NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
    }

    private static void compare(int inFlight, int nettyPort, int ourPort) throws Exception {
        for (int warmUp = 0; warmUp < WARM_UP; warmUp++) {
            run(inFlight, nettyPort);
            run(inFlight, ourPort);
        }
        Round[] netty = new Round[ROUNDS];
        Round[] own = new Round[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            netty[round] = run(inFlight, nettyPort);
            own[round] = run(inFlight, ourPort);
        }
        double theirs = median(Arrays.stream(netty).mapToDouble(Round::perSecond).toArray());
        double mine = median(Arrays.stream(own).mapToDouble(Round::perSecond).toArray());
        System.out.printf(
                Locale.ROOT,
                "%9d %13.0f %11.0f %6.2f %13.0f %12.0f%n",
                inFlight,
                theirs,
                mine,
                mine / theirs,
                median(Arrays.stream(netty).mapToDouble(Round::p99Micros).toArray()),
                median(Arrays.stream(own).mapToDouble(Round::p99Micros).toArray()));
    }

    private record Round(double perSecond, double p99Micros) {}

    private static Round run(int inFlight, int port) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .directExecutor()
                        .build();
        try {
            HealthGrpc.HealthStub health = HealthGrpc.newStub(channel);
            long start = System.nanoTime();
            List<Caller> callers =
                    Stream.generate(() -> new Caller(health, start)).limit(inFlight).toList();
            callers.forEach(Caller::call);
            long[] times = new long[0];
            for (Caller caller : callers) {
                long[] some = caller.times();
                int have = times.length;
                times = Arrays.copyOf(times, have + some.length);
                System.arraycopy(some, 0, times, have, some.length);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(times);
            return new Round(times.length / seconds, times[times.length * 99 / 100] / 1e3);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Calls again when it has its answer, on the thread that read it. */
    private static final class Caller implements StreamObserver<HealthCheckResponse> {
        private final HealthGrpc.HealthStub health;
        private final long start;
        private final CompletableFuture<Integer> done = new CompletableFuture<>();
        private long[] times = new long[1024];
        private int count;
        private long before;

        Caller(HealthGrpc.HealthStub health, long start) {
            this.health = health;
            this.start = start;
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
            if (now - start < ROUND_NANOS) {
                call();
            } else {
                done.complete(count);
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
