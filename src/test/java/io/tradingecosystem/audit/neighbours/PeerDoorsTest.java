package io.tradingecosystem.audit.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualRegistry;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.ListPeersRequest;
import io.tradingecosystem.audit.v1.Peer;
import io.tradingecosystem.audit.v1.PeerServiceGetRiskMetricsRequest;
import io.tradingecosystem.audit.v1.PeerServiceGetTradingStatusRequest;
import io.tradingecosystem.audit.v1.PeerServiceGetTradingStatusResponse;
import io.tradingecosystem.audit.v1.PeerServiceGrpc;
import io.tradingecosystem.trading.v1.GetTradingStatusRequest;
import io.tradingecosystem.trading.v1.GetTradingStatusResponse;
import io.tradingecosystem.trading.v1.TradingEngineServiceGrpc;
import io.tradingecosystem.trading.v1.TradingState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Peers as they are seen, and asked, through both doors. */
class PeerDoorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRADING = "trading-system-engine";

    private final ManualRegistry registry = new ManualRegistry();
    private final AtomicReference<PeerClients> peers = new AtomicReference<>();
    private final AtomicReference<Long> timeLeft = new AtomicReference<>(0L);
    private Server engine;
    private OpenDoorsFixture open;
    private ManagedChannel channel;

    @BeforeEach
    void open() throws IOException {
        engine = engine();
        registry.say(
                TRADING,
                ServiceInstance.builder(TRADING, "engine-1", "127.0.0.1")
                        .grpcPort(engine.getPort())
                        .build());
        open =
                OpenDoorsFixture.open(
                        Map.of(),
                        (doors, monitoring) -> {
                            PeerProblems.map(monitoring.problems());
                            PeerMonitoring observer = PeerMonitoring.create(monitoring);
                            peers.set(
                                    PeerClients.create(
                                            registry,
                                            TestSettings.of(
                                                            Map.of(
                                                                    "peers.defaults.attempt-timeout",
                                                                    "20s",
                                                                    "peers.defaults.timeout",
                                                                    "20s"))
                                                    .peers(),
                                            EgressPolicy.create(List.of(), kind -> {}),
                                            observer,
                                            monitoring.time(),
                                            new Random()));
                            observer.show(peers.get());
                            doors.routes("/api/v1/peers", new PeerRoutes(peers.get()))
                                    .service(new PeerGrpc(peers.get()));
                        });
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", open.doors.grpcPort())
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        open.close();
        peers.get().close();
        engine.shutdownNow();
    }

    @Test
    void shouldSayHowManyInstancesAreNotAsked() {
        registry.say(
                TRADING,
                IntStream.range(0, 19)
                        .mapToObj(i -> ServiceInstance.builder(TRADING, "e" + i, "127.0.0.1"))
                        .map(instance -> instance.grpcPort(engine.getPort()).build())
                        .toArray(ServiceInstance[]::new));

        await().atMost(PATIENCE).until(() -> seen().path("not_probed").asInt() == 3);
        assertThat(seen().path("healths")).hasSize(16);
        assertThat(
                        PeerServiceGrpc.newBlockingStub(channel)
                                .listPeers(ListPeersRequest.getDefaultInstance())
                                .getPeersList())
                .filteredOn(peer -> peer.getService().equals(TRADING))
                .extracting(Peer::getNotProbed)
                .containsExactly(3);
    }

    private JsonNode seen() {
        JsonNode peers = Http.json(Http.of(open.doors.httpPort()).get("/api/v1/peers"));
        for (JsonNode peer : peers.path("peers")) {
            if (peer.path("service").asText().equals(TRADING)) {
                return peer;
            }
        }
        return peers.path("none");
    }

    @Test
    void shouldAskAPeerThroughBothDoors() {
        JsonNode overHttp = Http.json(open.http.get("/api/v1/peers/trading-engine/status"));
        PeerServiceGetTradingStatusResponse overGrpc =
                stub().getTradingStatus(PeerServiceGetTradingStatusRequest.getDefaultInstance());

        assertThat(overHttp.get("source").asText()).isEqualTo("GRPC");
        assertThat(overHttp.get("instance").asText()).isEqualTo("engine-1");
        assertThat(overHttp.get("state").asText()).isEqualTo("PAUSED");
        assertThat(overHttp.get("open_orders").asLong()).isEqualTo(3);
        assertThat(overHttp.has("open_positions")).isFalse();
        assertThat(overGrpc.getSource()).isEqualTo("GRPC");
        assertThat(overGrpc.getState()).isEqualTo(TradingState.TRADING_STATE_PAUSED);
        assertThat(overGrpc.getOpenOrders()).isEqualTo(3);
        assertThat(overGrpc.hasOpenPositions()).isFalse();
    }

    @Test
    void shouldPassTheCallersDeadlineOn() {
        stub().withDeadlineAfter(9, TimeUnit.SECONDS)
                .getTradingStatus(PeerServiceGetTradingStatusRequest.getDefaultInstance());

        assertThat(timeLeft.get()).isBetween(1L, 9_000L);
    }

    @Test
    void shouldSayWhoIsAwayWhyAndWhenToTryAgain() {
        HttpResponse<String> response = open.http.get("/api/v1/peers/risk-monitor/metrics");
        StatusRuntimeException status =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                stub().getRiskMetrics(
                                                PeerServiceGetRiskMetricsRequest
                                                        .getDefaultInstance()));

        JsonNode problem = Http.json(response);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(problem.get("service").asText()).isEqualTo("risk-monitor");
        assertThat(problem.get("reason").asText()).isEqualTo("NO_INSTANCE");
        assertThat(status.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
        Status rich = StatusProto.fromThrowable(status);
        assertThat(rich).isNotNull();
        assertThat(rich.getDetailsList())
                .satisfiesExactly(
                        retry ->
                                assertThat(
                                                retry.unpack(RetryInfo.class)
                                                        .getRetryDelay()
                                                        .getSeconds())
                                        .isEqualTo(5),
                        info ->
                                assertThat(info.unpack(ErrorInfo.class).getMetadataMap())
                                        .containsEntry("service", "risk-monitor")
                                        .containsEntry("reason", "NO_INSTANCE"));
    }

    @Test
    void shouldSayAtBothDoorsWhoIsNotCalledAndWhy() {
        registry.say(
                "risk-monitor",
                ServiceInstance.builder("risk-monitor", "liar", "169.254.169.254")
                        .grpcPort(80)
                        .build());

        JsonNode problem = Http.json(open.http.get("/api/v1/peers/risk-monitor/metrics"));
        JsonNode peer = Http.json(open.http.get("/api/v1/peers")).at("/peers/0");
        Peer overGrpc = stub().listPeers(ListPeersRequest.getDefaultInstance()).getPeers(0);

        assertThat(problem.get("detail").asText()).contains("LINK_LOCAL");
        assertThat(peer.get("service").asText()).isEqualTo("risk-monitor");
        assertThat(peer.at("/instances/0/refused/kind").asText()).isEqualTo("LINK_LOCAL");
        assertThat(overGrpc.getInstances(0).getRefused())
                .isEqualTo("LINK_LOCAL: a link-local address, 169.254.169.254");
        assertThat(open.http.get("/metrics").body())
                .contains("peer_instances_refused{peer=\"risk-monitor\",} 1")
                .contains("peer_instances{peer=\"risk-monitor\",} 0");
    }

    @Test
    void shouldShowThePeersAndStayHealthyWithoutThem() {
        open.http.get("/api/v1/peers/trading-engine/status");
        open.http.get("/api/v1/peers/risk-monitor/metrics");
        await().atMost(PATIENCE).until(() -> health("risk-monitor").equals("ABSENT"));
        await().atMost(PATIENCE).until(() -> health(TRADING).equals("UNKNOWN"));

        JsonNode status = Http.json(open.http.get("/api/v1/status")).get("peers");
        assertThat(status.get(TRADING).get("instances").get(0).get("breaker").asText())
                .isEqualTo("CLOSED");
        assertThat(status.get(TRADING).get("connections").get("open").asInt()).isPositive();
        open.monitoring.health().check();
        HttpResponse<String> health = open.http.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"risk-monitor\":\"ABSENT\"");
        assertThat(open.http.get("/metrics").body())
                .contains("peer_health{peer=\"risk-monitor\",} 0")
                .contains("peer_instances{peer=\"trading-system-engine\",} 1")
                .contains("peer_breakers_open{peer=\"trading-system-engine\",} 0")
                .containsPattern(
                        "peer_connections_opened_total\\{peer=\"trading-system-engine\",} [1-9]")
                .contains("outcome=\"NO_INSTANCE\",peer=\"risk-monitor\"");
        Peer listed =
                stub().listPeers(ListPeersRequest.getDefaultInstance()).getPeersList().getLast();
        assertThat(listed.getService()).isEqualTo(TRADING);
        assertThat(listed.getInstances(0).getBreaker()).isEqualTo("CLOSED");
    }

    private String health(String service) {
        for (JsonNode peer : Http.json(open.http.get("/api/v1/peers")).get("peers")) {
            if (peer.get("service").asText().equals(service)) {
                return peer.path("health").path("state").asText();
            }
        }
        return "";
    }

    private PeerServiceGrpc.PeerServiceBlockingStub stub() {
        return PeerServiceGrpc.newBlockingStub(channel);
    }

    private Server engine() throws IOException {
        return NettyServerBuilder.forPort(0)
                .addService(
                        new TradingEngineServiceGrpc.TradingEngineServiceImplBase() {
                            @Override
                            public void getTradingStatus(
                                    GetTradingStatusRequest request,
                                    StreamObserver<GetTradingStatusResponse> response) {
                                timeLeft.set(
                                        Context.current()
                                                .getDeadline()
                                                .timeRemaining(TimeUnit.MILLISECONDS));
                                response.onNext(
                                        GetTradingStatusResponse.newBuilder()
                                                .setState(TradingState.TRADING_STATE_PAUSED)
                                                .setReason("volatility")
                                                .setOpenOrders(3)
                                                .build());
                                response.onCompleted();
                            }
                        })
                .build()
                .start();
    }
}
