package io.tradingecosystem.audit.bench;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.tradingecosystem.audit.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Unary {@code grpc.health.v1.Health/Check} of the running service against the same service on
 * grpc-java's Netty server on virtual threads, in one process, in turns. One connection; each
 * caller sends a request when it has the last answer.
 *
 * <p>Goal at 64 in flight: 1.1 times the requests per second, p99 no worse.
 */
public final class GrpcHealth {
    private static final int[] LEVELS = {1, 8, 64};
    private static final int ROUNDS = 5;
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
        run(inFlight, nettyPort);
        run(inFlight, ourPort);
        Round[] netty = new Round[ROUNDS];
        Round[] ours = new Round[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            netty[round] = run(inFlight, nettyPort);
            ours[round] = run(inFlight, ourPort);
        }
        double theirs = median(Arrays.stream(netty).mapToDouble(Round::perSecond).toArray());
        double mine = median(Arrays.stream(ours).mapToDouble(Round::perSecond).toArray());
        System.out.printf(
                Locale.ROOT,
                "%9d %13.0f %11.0f %6.2f %13.0f %12.0f%n",
                inFlight,
                theirs,
                mine,
                mine / theirs,
                median(Arrays.stream(netty).mapToDouble(Round::p99Micros).toArray()),
                median(Arrays.stream(ours).mapToDouble(Round::p99Micros).toArray()));
    }

    private record Round(double perSecond, double p99Micros) {}

    private static Round run(int inFlight, int port) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        health.check(REQUEST);
        long start = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, inFlight)
                            .mapToObj(i -> callers.submit(() -> call(health, start)))
                            .toList();
            long[] times = new long[0];
            for (Future<long[]> caller : running) {
                long[] some = caller.get();
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

    private static long[] call(HealthGrpc.HealthBlockingStub health, long start) {
        long[] times = new long[1024];
        int count = 0;
        long before = System.nanoTime();
        while (before - start < ROUND_NANOS) {
            health.check(REQUEST);
            long after = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(times, count);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
