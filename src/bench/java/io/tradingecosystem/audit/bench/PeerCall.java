package io.tradingecosystem.audit.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.peer.PeerClient;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerObserver;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.ManualRegistry;
import io.tradingecosystem.risk.v1.GetRiskMetricsRequest;
import io.tradingecosystem.risk.v1.GetRiskMetricsResponse;
import io.tradingecosystem.risk.v1.RiskMetric;
import io.tradingecosystem.risk.v1.RiskMonitorServiceGrpc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A call to a peer through all layers (choice of instance, bulkhead, retry, breaker, deadline,
 * trace, counts) against a bare blocking stub on a grpc-java channel as it comes, both to one
 * server in this process, turn by turn.
 *
 * <p>Goal: less than 10 % slower one at a time, and no fewer calls per second at 64 in flight.
 */
public final class PeerCall {
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 1_500_000_000L;
    private static final String SERVICE = "risk-monitor";
    private static final MethodDescriptor<GetRiskMetricsRequest, GetRiskMetricsResponse> METHOD =
            RiskMonitorServiceGrpc.getGetRiskMetricsMethod();
    private static final GetRiskMetricsRequest REQUEST = GetRiskMetricsRequest.getDefaultInstance();

    private PeerCall() {}

    public static void main(String[] arguments) throws Exception {
        Server server = server();
        ManagedChannel bare =
                OkHttpChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
        ManualRegistry registry = new ManualRegistry();
        registry.say(
                SERVICE,
                ServiceInstance.builder(SERVICE, "risk-1", "127.0.0.1")
                        .grpcPort(server.getPort())
                        .build());
        Properties properties = new Properties();
        properties.put("peers.known", ",");
        Settings settings = Settings.load(Optional.empty(), Map.of(), properties).settings();
        try (PeerClients peers =
                PeerClients.create(
                        registry,
                        settings.peers(),
                        EgressPolicy.create(List.of(), kind -> {}),
                        PeerObserver.NONE,
                        Time.system(),
                        new Random())) {
            PeerClient peer = peers.peer(SERVICE);
            CallOptions options = CallOptions.DEFAULT;
            Runnable stub =
                    () ->
                            ClientCalls.blockingUnaryCall(
                                    bare,
                                    METHOD,
                                    options.withDeadlineAfter(3, TimeUnit.SECONDS),
                                    REQUEST);
            Runnable layers = () -> peer.call(METHOD, REQUEST);
            System.out.println("in flight    stub calls/s   layers calls/s   ratio");
            for (int inFlight : new int[] {1, 64}) {
                compare(inFlight, stub, layers);
            }
        } finally {
            bare.shutdownNow();
            server.shutdownNow();
        }
    }

    private static void compare(int inFlight, Runnable stub, Runnable layers) throws Exception {
        double[] bare = new double[ROUNDS];
        double[] own = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        run(inFlight, stub);
        run(inFlight, layers);
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = run(inFlight, stub);
            own[round] = run(inFlight, layers);
            ratios[round] = own[round] / bare[round];
        }
        System.out.printf(
                Locale.ROOT,
                "%9d %15.0f %16.0f %7.2f  (of each round: %.2f to %.2f)%n",
                inFlight,
                median(bare),
                median(own),
                median(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }

    private static double run(int inFlight, Runnable call) throws Exception {
        LongAdder calls = new LongAdder();
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < inFlight; i++) {
                running.add(
                        callers.submit(
                                () -> {
                                    while (System.nanoTime() - start < ROUND_NANOS) {
                                        call.run();
                                        calls.increment();
                                    }
                                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        return calls.sum() / ((System.nanoTime() - start) / 1e9);
    }

    private static Server server() throws IOException {
        GetRiskMetricsResponse answer =
                GetRiskMetricsResponse.newBuilder()
                        .addMetrics(RiskMetric.newBuilder().setName("exposure").setValue(1.5))
                        .build();
        return NettyServerBuilder.forPort(0)
                .directExecutor()
                .addService(
                        new RiskMonitorServiceGrpc.RiskMonitorServiceImplBase() {
                            @Override
                            public void getRiskMetrics(
                                    GetRiskMetricsRequest request,
                                    StreamObserver<GetRiskMetricsResponse> response) {
                                response.onNext(answer);
                                response.onCompleted();
                            }
                        })
                .build()
                .start();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
