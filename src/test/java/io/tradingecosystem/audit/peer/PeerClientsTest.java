package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.logging.TraceContext;
import io.tradingecosystem.audit.peer.ServiceUnavailableException.Reason;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.testing.ManualRegistry;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.risk.v1.GetRiskMetricsRequest;
import io.tradingecosystem.risk.v1.GetRiskMetricsResponse;
import io.tradingecosystem.risk.v1.RiskMonitorServiceGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls to real servers on loopback. */
class PeerClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRADING = "trading-system-engine";

    private final ManualRegistry registry = new ManualRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void shouldAskOverGrpcAndSayWhoAnswered() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());

        RiskMetrics metrics = peers().riskMonitor().riskMetrics();

        assertThat(metrics.source()).isEqualTo(Source.GRPC);
        assertThat(metrics.instance()).contains("risk-1");
        assertThat(metrics.metrics())
                .containsExactly(
                        new RiskMetrics.Metric(
                                "exposure", 5.5, "USD", Map.of("portfolio", "risk-1")));
        assertThat(metrics.asOf()).isEmpty();
        assertThat(metrics.health()).isEmpty();
    }

    @Test
    void shouldCarryDeadlineAndTrace() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers("attempt-timeout", "2s");
        Optional<TraceContext> trace =
                TraceContext.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        TraceContext.run(trace, () -> peers.riskMonitor().riskMetrics());

        assertThat(peer.traceparent())
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                .endsWith("-01")
                .doesNotContain("b7ad6b7169203331");
        assertThat(peer.timeout()).matches("(1\\d{3}m|1\\d{6}u|1\\d{9}n|2000000u)");

        peers.riskMonitor().riskMetrics();
        assertThat(TraceContext.parse(peer.traceparent())).isPresent();
        assertThat(peer.traceparent()).doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void shouldAskRestWhereThePeerHasNotGotOurProto() {
        TestPeer peer =
                open(TestPeer.withoutRisk("risk-1"))
                        .page(
                                "/api/v1/risk/metrics",
                                "{\"var\":1.5,\"limits\":{\"breached\":2},\"level\":\"HIGH\",\"x\":[7]}");
        registry.say(
                TestPeer.SERVICE, peer.instance().toBuilder().httpPort(peer.httpPort()).build());

        RiskMetrics metrics = peers().riskMonitor().riskMetrics();

        assertThat(metrics.source()).isEqualTo(Source.REST);
        assertThat(metrics.metrics())
                .extracting(RiskMetrics.Metric::name, RiskMetrics.Metric::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("limits.breached", 2.0),
                        org.assertj.core.groups.Tuple.tuple("var", 1.5),
                        org.assertj.core.groups.Tuple.tuple("x.0", 7.0));
    }

    @Test
    void shouldSayHowManyNumbersOfADocumentItLeavesOut() {
        TestPeer peer =
                open(TestPeer.withoutRisk("risk-1"))
                        .page(
                                "/api/v1/risk/metrics",
                                "{\"x\":[" + "1,".repeat(10_002) + "1],\"y\":{\"z\":2}}");
        registry.say(
                TestPeer.SERVICE, peer.instance().toBuilder().httpPort(peer.httpPort()).build());

        RiskMetrics metrics = peers().riskMonitor().riskMetrics();

        assertThat(metrics.metrics()).hasSize(10_000);
        assertThat(metrics.leftOut()).isEqualTo(4);
    }

    @Test
    void shouldAskRestWhereNothingListensOnTheGrpcPort() throws IOException {
        TestPeer peer = peer("risk-1").page("/api/v1/risk/metrics", "{\"var\":1.5}");
        registry.say(
                TestPeer.SERVICE,
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .grpcPort(deadPort())
                        .httpPort(peer.httpPort())
                        .build());
        PeerClients peers = peers("breaker.calls", "2");

        for (int i = 0; i < 5; i++) {
            assertThat(peers.riskMonitor().riskMetrics().source()).isEqualTo(Source.REST);
        }
    }

    @Test
    void shouldAskRestWhereTheGrpcPortSpeaksHttp() {
        TestPeer peer = peer("risk-1").page("/api/v1/risk/metrics", "{\"var\":1.5}");
        registry.say(
                TestPeer.SERVICE,
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .grpcPort(peer.httpPort())
                        .httpPort(peer.httpPort())
                        .build());

        assertThat(peers().riskMonitor().riskMetrics().source()).isEqualTo(Source.REST);
    }

    @Test
    void shouldGiveTheHealthAloneWhereThereIsNothingElse() {
        TestPeer peer = peer("risk-1").page("/health", "fine");
        ServiceInstance instance =
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .httpPort(peer.httpPort())
                        .build();
        registry.say(TestPeer.SERVICE, instance);
        registry.say(TRADING, instance.toBuilder().service(TRADING).build());
        PeerClients peers = peers();

        RiskMetrics metrics = peers.riskMonitor().riskMetrics();
        TradingStatus status = peers.tradingEngine().tradingStatus();

        assertThat(metrics.source()).isEqualTo(Source.HEALTH);
        assertThat(metrics.metrics()).isEmpty();
        assertThat(metrics.health()).contains(PeerHealth.State.SERVING);
        assertThat(status.source()).isEqualTo(Source.HEALTH);
        assertThat(status.state()).isEmpty();
        assertThat(status.openOrders()).isEmpty();
        assertThat(status.health()).contains(PeerHealth.State.SERVING);
    }

    @Test
    void shouldAskForHealthByNameThenAsAWholeThenOverHttp() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers();

        assertThat(peers.riskMonitor().healthCheck())
                .satisfies(
                        health -> {
                            assertThat(health.state()).isEqualTo(PeerHealth.State.SERVING);
                            assertThat(health.source()).contains(Source.GRPC);
                            assertThat(health.instance()).contains("risk-1");
                            assertThat(health.latency()).isPositive();
                        });
        peer.health.setStatus(TestPeer.SERVICE, ServingStatus.NOT_SERVING);
        assertThat(peers.riskMonitor().healthCheck().state())
                .isEqualTo(PeerHealth.State.NOT_SERVING);

        peer.page("/api/v1/health", "{\"status\":\"degraded\"}");
        registry.say(
                TestPeer.SERVICE,
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .httpPort(peer.httpPort())
                        .build());
        assertThat(peers.riskMonitor().healthCheck())
                .satisfies(
                        health -> {
                            assertThat(health.state()).isEqualTo(PeerHealth.State.NOT_SERVING);
                            assertThat(health.source()).contains(Source.REST);
                        });
    }

    @Test
    void shouldSayThatThereIsNobodyAndLookAgain() {
        PeerClients peers = peers();

        assertThat(reason(() -> peers.riskMonitor().riskMetrics())).isEqualTo(Reason.NO_INSTANCE);
        assertThat(peers.riskMonitor().healthCheck().state()).isEqualTo(PeerHealth.State.ABSENT);
        assertThat(registry.refreshes()).isPositive();
    }

    @Test
    void shouldNotCallAnInstanceThatSaysItIsNotHealthy() {
        registry.say(
                TestPeer.SERVICE, peer("risk-1").instance().toBuilder().status("down").build());

        assertThat(reason(() -> peers().riskMonitor().riskMetrics())).isEqualTo(Reason.NO_INSTANCE);
    }

    @Test
    void shouldSayWhereNothingListens() throws IOException {
        registry.say(TestPeer.SERVICE, at("risk-1", deadPort()));

        ServiceUnavailableException e =
                catchThrowableOfType(
                        ServiceUnavailableException.class,
                        () -> peers().riskMonitor().riskMetrics());

        assertThat(e.reason()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(e.service()).isEqualTo(TestPeer.SERVICE);
        assertThat(e.instance()).contains("risk-1");
        assertThat(e)
                .hasMessageContaining("risk-monitor (instance risk-1) is not available")
                .hasMessageContaining("refused");
    }

    @Test
    void shouldNeverCallItself() {
        TestPeer ourselves = peer("risk-1").page("/api/v1/risk/metrics", "{}");
        registry.say(
                TestPeer.SERVICE,
                ourselves.instance().toBuilder().httpPort(ourselves.httpPort()).build(),
                at("by-another-address", ourselves.port()).toBuilder().host("127.0.0.2").build());
        PeerClients peers = peers();
        peers.listeningOn(new InetSocketAddress("0.0.0.0", ourselves.port()));
        peers.listeningOn(new InetSocketAddress("127.0.0.1", ourselves.httpPort()));

        for (int i = 0; i < 5; i++) {
            assertThat(reason(() -> peers.riskMonitor().riskMetrics()))
                    .isIn(Reason.CONNECT_FAILED, Reason.BREAKER_OPEN);
        }

        assertThat(ourselves.calls).hasValue(0);
        assertThat(peers.peer(TestPeer.SERVICE).state().connections().opened()).isZero();
    }

    @Test
    void shouldTimeOutWhenSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            registry.say(TestPeer.SERVICE, at("risk-1", silent.getLocalPort()));
            PeerClients peers =
                    peers("timeout", "300ms", "connection.timeout", "5s", "retry.attempts", "0");

            long started = System.nanoTime();
            assertThat(reason(() -> peers.riskMonitor().riskMetrics())).isEqualTo(Reason.TIMED_OUT);

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofMillis(290), Duration.ofMillis(2_000));
        }
    }

    @Test
    void shouldGiveUpAConnectionWhoseOtherSideSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            registry.say(TestPeer.SERVICE, at("risk-1", silent.getLocalPort()));
            PeerClients peers = peers("connection.timeout", "100ms", "retry.attempts", "0");

            assertThat(reason(() -> peers.riskMonitor().riskMetrics()))
                    .isEqualTo(Reason.CONNECT_FAILED);

            assertThat(peers.peer(TestPeer.SERVICE).state().connections().failed()).isPositive();
        }
    }

    @Test
    void shouldKeepToTheCallersDeadline() {
        TestPeer peer = peer("risk-1");
        peer.hold(new CountDownLatch(1));
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers();
        var timers = Executors.newSingleThreadScheduledExecutor();
        open.add(timers::shutdownNow);

        long started = System.nanoTime();
        Reason reason =
                reason(
                        () ->
                                Context.current()
                                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS, timers)
                                        .run(() -> peers.riskMonitor().riskMetrics()));

        assertThat(reason).isEqualTo(Reason.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofMillis(2_000));
        await().atMost(PATIENCE).until(() -> peer.cancelled.get() > 0);
    }

    @Test
    void shouldOpenTheBreakerAndCloseItWhenThePeerIsBack() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers =
                peers(
                        "breaker.calls", "4",
                        "breaker.open", "300ms",
                        "breaker.trials", "1",
                        "retry.attempts", "0");
        peer.answer(Status.INTERNAL.withDescription("broken"));
        for (int i = 0; i < 4; i++) {
            assertThat(reason(() -> peers.riskMonitor().riskMetrics())).isEqualTo(Reason.REFUSED);
        }
        int calls = peer.calls.get();

        ServiceUnavailableException e =
                catchThrowableOfType(
                        ServiceUnavailableException.class, () -> peers.riskMonitor().riskMetrics());

        assertThat(e.reason()).isEqualTo(Reason.BREAKER_OPEN);
        assertThat(e.retryAfter()).isPositive();
        assertThat(peer.calls).hasValue(calls);
        peer.answer(Status.OK);
        await().atMost(PATIENCE)
                .ignoreException(ServiceUnavailableException.class)
                .until(() -> peers.riskMonitor().riskMetrics().source() == Source.GRPC);
        assertThat(peers.peer(TestPeer.SERVICE).state().instances().getFirst().breaker())
                .isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void shouldNotHoldACallersImpatienceAgainstThePeer() throws Exception {
        TestPeer peer = peer("risk-1");
        peer.hold(new CountDownLatch(1));
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers("breaker.calls", "2", "step-out.after", "1");

        for (int i = 0; i < 5; i++) {
            Context.CancellableContext context = Context.current().withCancellation();
            Future<Throwable> call =
                    failing(() -> context.run(() -> peers.riskMonitor().riskMetrics()));
            int expected = i + 1;
            await().atMost(PATIENCE).until(() -> peer.calls.get() == expected);
            context.cancel(null);
            assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
        Thread interrupted = Thread.ofVirtual().start(() -> peers.riskMonitor().riskMetrics());
        await().atMost(PATIENCE).until(() -> peer.calls.get() == 6);
        interrupted.interrupt();
        assertThat(interrupted.join(PATIENCE)).isTrue();

        PeerState.Instance instance = peers.peer(TestPeer.SERVICE).state().instances().getFirst();
        assertThat(instance.breaker()).isEqualTo(BreakerState.CLOSED);
        assertThat(instance.steppedOut()).isFalse();
        assertThat(instance.inFlight()).isZero();
    }

    @Test
    void shouldTryAnotherInstance() throws IOException {
        TestPeer peer = peer("risk-2");
        registry.say(TestPeer.SERVICE, at("risk-1", deadPort()), peer.instance());
        PeerClients peers = peers("retry.delay", "1ms");

        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            answered.add(peers.riskMonitor().riskMetrics().instance().orElseThrow());
        }

        assertThat(answered).containsExactly("risk-2");
        assertThat(peers.peer(TestPeer.SERVICE).state().instances())
                .filteredOn(PeerState.Instance::steppedOut)
                .extracting(PeerState.Instance::id)
                .containsExactly("risk-1");
    }

    @Test
    void shouldMakeACallThatChangesSomethingOnce() {
        TestPeer peer = peer("risk-1");
        peer.answer(Status.UNAVAILABLE.withDescription("going away"));
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClient client = peers().peer(TestPeer.SERVICE);
        MethodDescriptor<GetRiskMetricsRequest, GetRiskMetricsResponse> changing =
                RiskMonitorServiceGrpc.getGetRiskMetricsMethod().toBuilder()
                        .setSafe(false)
                        .setIdempotent(false)
                        .build();

        assertThat(reason(() -> client.call(changing, GetRiskMetricsRequest.getDefaultInstance())))
                .isEqualTo(Reason.REFUSED);
        assertThat(peer.calls).hasValue(1);

        assertThat(
                        reason(
                                () ->
                                        client.call(
                                                RiskMonitorServiceGrpc.getGetRiskMetricsMethod(),
                                                GetRiskMetricsRequest.getDefaultInstance())))
                .isEqualTo(Reason.REFUSED);
        assertThat(peer.calls).hasValue(4);
    }

    @Test
    void shouldRetryNoMoreThanTheBudgetAllows() {
        TestPeer peer = peer("risk-1");
        peer.answer(Status.UNAVAILABLE.withDescription("going away"));
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers =
                peers(
                        "retry.delay", "1ms",
                        "retry.burst", "5",
                        "retry.budget", "0",
                        "breaker.calls", "1000");

        for (int i = 0; i < 20; i++) {
            assertThat(reason(() -> peers.riskMonitor().riskMetrics())).isEqualTo(Reason.REFUSED);
        }

        assertThat(peer.calls).hasValue(25);
        assertThat(peers.peer(TestPeer.SERVICE).state().retries()).isEqualTo(5);
    }

    @Test
    void shouldTellWhatThePeerAnsweredAboutTheRequest() {
        TestPeer peer = peer("risk-1");
        peer.answer(Status.INVALID_ARGUMENT.withDescription("no such thing"));
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClient client = peers("breaker.calls", "1").peer(TestPeer.SERVICE);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(
                            () ->
                                    client.call(
                                            RiskMonitorServiceGrpc.getGetRiskMetricsMethod(),
                                            GetRiskMetricsRequest.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("no such thing");
        }
        assertThat(peer.calls).hasValue(3);
    }

    @Test
    void shouldRefuseMoreThanMayBeInFlight() throws Exception {
        TestPeer peer = peer("risk-1");
        CountDownLatch gate = new CountDownLatch(1);
        peer.hold(gate);
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers("max-in-flight", "2");
        List<Future<Throwable>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(failing(() -> peers.riskMonitor().riskMetrics()));
        }
        await().atMost(PATIENCE).until(() -> peer.calls.get() == 2);

        assertThat(reason(() -> peers.riskMonitor().riskMetrics())).isEqualTo(Reason.OVERLOADED);

        gate.countDown();
        for (Future<Throwable> each : running) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isNull();
        }
        assertThat(peers.riskMonitor().riskMetrics().source()).isEqualTo(Source.GRPC);
        assertThat(peers.peer(TestPeer.SERVICE).state().rejected()).isEqualTo(1);
    }

    @Test
    void shouldShareOneConnectionPerInstance() throws Exception {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers();
        List<Future<Throwable>> calls = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            calls.add(failing(() -> peers.riskMonitor().riskMetrics()));
        }
        for (Future<Throwable> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS)).isNull();
        }

        assertThat(peers.peer(TestPeer.SERVICE).state().connections())
                .isEqualTo(new PeerState.Connections(1, 1, 0));
    }

    @Test
    void shouldDrainTheConnectionOfAnInstanceThatLeaves() throws Exception {
        TestPeer leaving = peer("risk-1");
        TestPeer staying = peer("risk-2");
        CountDownLatch gate = new CountDownLatch(1);
        leaving.hold(gate);
        registry.say(TestPeer.SERVICE, leaving.instance());
        PeerClients peers = peers();
        Future<Throwable> running = failing(() -> peers.riskMonitor().riskMetrics());
        await().atMost(PATIENCE).until(() -> leaving.calls.get() == 1);

        registry.say(TestPeer.SERVICE, staying.instance());

        assertThat(peers.riskMonitor().riskMetrics().instance()).contains("risk-2");
        gate.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS)).isNull();
        await().atMost(PATIENCE)
                .until(() -> peers.peer(TestPeer.SERVICE).state().connections().open() == 1);
    }

    @Test
    void shouldCloseAnIdleConnectionAndMakeItAgain() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers("connection.idle", "1s");
        peers.riskMonitor().riskMetrics();

        await().atMost(PATIENCE)
                .until(() -> peers.peer(TestPeer.SERVICE).state().connections().open() == 0);

        assertThat(peers.riskMonitor().riskMetrics().source()).isEqualTo(Source.GRPC);
    }

    @Test
    void shouldFindThePeerAgainAfterARestartOnTheSamePort() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = peers("breaker.open", "200ms", "breaker.calls", "4");
        peers.riskMonitor().riskMetrics();
        peer.stop();
        for (int i = 0; i < 5; i++) {
            assertThat(reason(() -> peers.riskMonitor().riskMetrics()))
                    .isIn(Reason.CONNECT_FAILED, Reason.BREAKER_OPEN);
        }

        peer.restart();

        await().atMost(Duration.ofSeconds(5))
                .ignoreException(ServiceUnavailableException.class)
                .until(() -> peers.riskMonitor().riskMetrics().source() == Source.GRPC);
    }

    @Test
    void shouldBoundWhatAPeerCanMakeUsRead() {
        TestPeer peer = peer("risk-1").page("/api/v1/risk/metrics", "x".repeat(5_000));
        registry.say(
                TestPeer.SERVICE,
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .httpPort(peer.httpPort())
                        .build());
        PeerClients peers = peers("max-response-size", "1KiB");

        assertThatThrownBy(() -> peers.riskMonitor().riskMetrics())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("more than 1024 bytes");
        peer.page("/api/v1/risk/metrics", "not JSON");
        assertThatThrownBy(() -> peers.riskMonitor().riskMetrics())
                .hasMessageContaining("did not give JSON");
        peer.page("/api/v1/risk/metrics", "[".repeat(500));
        assertThatThrownBy(() -> peers.riskMonitor().riskMetrics())
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void shouldWatchTheHealthOfKnownPeers() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = watching("probe.interval", "1h", "probe.timeout", "15s");

        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.SERVING);

        // Told at once, an hour before the next question: by the watch, then by the registry.
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            peer.health.setStatus("", ServingStatus.NOT_SERVING);
                            return health(peers) == PeerHealth.State.NOT_SERVING;
                        });
        registry.say(TestPeer.SERVICE);
        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.ABSENT);
    }

    @Test
    void shouldSeeAPeerDieAndComeBack() {
        TestPeer peer = peer("risk-1");
        registry.say(TestPeer.SERVICE, peer.instance());
        PeerClients peers = watching("probe.interval", "100ms", "probe.timeout", "500ms");
        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.SERVING);

        peer.stop();
        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.UNREACHABLE);

        peer.restart();
        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.SERVING);
    }

    @Test
    void shouldProbeOverGrpcFirstAndSayWhenThatSideDies() {
        TestPeer peer = peer("risk-1").page("/api/v1/health", "{\"status\":\"healthy\"}");
        registry.say(
                TestPeer.SERVICE, peer.instance().toBuilder().httpPort(peer.httpPort()).build());
        PeerClients peers = watching("probe.interval", "1h", "probe.timeout", "15s");
        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.SERVING);
        assertThat(probed(peers).source()).contains(Source.GRPC);
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            peer.health.setStatus("", ServingStatus.NOT_SERVING);
                            return health(peers) == PeerHealth.State.NOT_SERVING;
                        });

        // An hour before the next question: the watch breaks off.
        peer.stop();

        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.UNREACHABLE);
        assertThat(peers.riskMonitor().healthCheck().state())
                .isEqualTo(PeerHealth.State.UNREACHABLE);
    }

    @Test
    void shouldProbeOverHttpWhereNothingListensOnTheGrpcPort() throws IOException {
        TestPeer peer = peer("risk-1").page("/api/v1/health", "{\"status\":\"healthy\"}");
        registry.say(
                TestPeer.SERVICE,
                ServiceInstance.builder(TestPeer.SERVICE, "risk-1", "127.0.0.1")
                        .grpcPort(deadPort())
                        .httpPort(peer.httpPort())
                        .build());
        PeerClients peers = watching("probe.interval", "1h", "probe.timeout", "15s");

        await().atMost(PATIENCE).until(() -> health(peers) == PeerHealth.State.SERVING);
        assertThat(probed(peers).source()).contains(Source.REST);
        assertThat(probed(peers).detail()).startsWith("not over gRPC");
    }

    @Test
    void shouldAskForTheMetricsOfAnInstrument() {
        TestPeer peer =
                open(TestPeer.withoutRisk("risk-1"))
                        .page("/api/v1/health", "{}")
                        .pageWith(
                                "/api/v1/risk/metrics", "instrument_id=BTC%2FUSD", "{\"var\":1.5}");
        registry.say(
                TestPeer.SERVICE, peer.instance().toBuilder().httpPort(peer.httpPort()).build());
        RiskMonitorClient client = peers().riskMonitor();

        assertThat(client.riskMetrics(Optional.of("BTC/USD")).source()).isEqualTo(Source.REST);
        assertThat(client.riskMetrics().source()).isEqualTo(Source.HEALTH);
        assertThat(client.riskMetrics().health()).contains(PeerHealth.State.SERVING);
    }

    @Test
    void shouldLeaveNoConnectionOrThreadBehind() throws Exception {
        TestPeer peer = peer("risk-1").page("/api/v1/health", "{}");
        registry.say(
                TestPeer.SERVICE, peer.instance().toBuilder().httpPort(peer.httpPort()).build());
        PeerClients peers = watching("probe.interval", "100ms");
        for (int i = 0; i < 20; i++) {
            peers.riskMonitor().riskMetrics();
            peers.riskMonitor().healthCheck();
        }
        PeerClient client = peers.peer(TestPeer.SERVICE);
        assertThat(client.state().connections().open()).isPositive();

        peers.close();

        await().atMost(PATIENCE).until(() -> client.state().connections().open() == 0);
        assertThat(registry.services()).containsExactly(TestPeer.SERVICE);
    }

    private static PeerHealth probed(PeerClients peers) {
        return peers.peer(TestPeer.SERVICE).state().health().orElseThrow();
    }

    private static PeerHealth.State health(PeerClients peers) {
        return peers.peer(TestPeer.SERVICE)
                .state()
                .health()
                .map(PeerHealth::state)
                .orElse(PeerHealth.State.UNKNOWN);
    }

    private static Reason reason(Runnable call) {
        return catchThrowableOfType(ServiceUnavailableException.class, call::run).reason();
    }

    /** Runs a call beside the test; gives what it throws, null if nothing. */
    private Future<Throwable> failing(Runnable call) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        open.add(threads::shutdownNow);
        return threads.submit(
                () -> {
                    try {
                        call.run();
                        return null;
                    } catch (RuntimeException e) {
                        return e;
                    }
                });
    }

    private static ServiceInstance at(String id, int port) {
        return ServiceInstance.builder(TestPeer.SERVICE, id, "127.0.0.1").grpcPort(port).build();
    }

    private TestPeer peer(String id) {
        return open(TestPeer.start(id));
    }

    private TestPeer open(TestPeer peer) {
        open.add(peer);
        return peer;
    }

    /** With some of the defaults changed, by key below peers.defaults; nobody is probed. */
    private PeerClients peers(String... changes) {
        return create(",", changes);
    }

    private PeerClients watching(String... changes) {
        return create(TestPeer.SERVICE, changes);
    }

    private PeerClients create(String known, String... changes) {
        return create(EgressPolicy.create(List.of(), kind -> {}), known, changes);
    }

    private PeerClients create(EgressPolicy egress, String known, String... changes) {
        Map<String, String> settings = new HashMap<>();
        settings.put("peers.known", known);
        for (int i = 0; i < changes.length; i += 2) {
            settings.put("peers.defaults." + changes[i], changes[i + 1]);
        }
        PeerClients peers =
                PeerClients.create(
                        registry,
                        TestSettings.of(settings).peers(),
                        egress,
                        PeerObserver.NONE,
                        Time.system(),
                        new Random());
        open.add(peers);
        return peers;
    }

    /** A port on which nothing listens. */
    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
