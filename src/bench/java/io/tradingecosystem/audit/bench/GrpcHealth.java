package io.tradingecosystem.audit.bench;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;

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
    private static final GrpcLoad LOAD = new GrpcLoad(new Metadata(), ROUND_NANOS);

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
            LOAD.run(inFlight, nettyPort);
            LOAD.run(inFlight, ourPort);
        }
        GrpcLoad.Round[] netty = new GrpcLoad.Round[ROUNDS];
        GrpcLoad.Round[] own = new GrpcLoad.Round[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            netty[round] = LOAD.run(inFlight, nettyPort);
            own[round] = LOAD.run(inFlight, ourPort);
        }
        double theirs =
                median(Arrays.stream(netty).mapToDouble(GrpcLoad.Round::perSecond).toArray());
        double mine = median(Arrays.stream(own).mapToDouble(GrpcLoad.Round::perSecond).toArray());
        System.out.printf(
                Locale.ROOT,
                "%9d %13.0f %11.0f %6.2f %13.0f %12.0f%n",
                inFlight,
                theirs,
                mine,
                mine / theirs,
                median(Arrays.stream(netty).mapToDouble(GrpcLoad.Round::p99Micros).toArray()),
                median(Arrays.stream(own).mapToDouble(GrpcLoad.Round::p99Micros).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
